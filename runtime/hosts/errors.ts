/** No component can be run here; the message says what is missing and what to do about it. */
export class HostUnavailableError extends Error {
  override readonly name = 'HostUnavailableError';
}
