/** A configuration that cannot be read or holds a wrong value; the message is for its author. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
