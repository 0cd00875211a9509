/** The port of our ZooKeeper cannot be had; the message says why and what to do about it. */
export class ZooKeeperPortError extends Error {
  override readonly name = 'ZooKeeperPortError';
}
