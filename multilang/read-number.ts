/** A number of a configuration; null when there is none. */
export function readNumber(config: ReadonlyMap<string, unknown>, key: string): number | null {
  const value = config.get(key);
  const plain = typeof value === 'object' && value !== null ? value.valueOf() : value;
  return typeof plain === 'number' ? plain : null;
}
