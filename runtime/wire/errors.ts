/** What came over a connection is not the protocol; the connection is closed. */
export class WireError extends Error {
  override readonly name = 'WireError';
}
