/** Entries of a store, by key in the order of JavaScript strings whatever the store's own is. */
export function sortedByKey(
  entries: readonly (readonly [string, string])[],
): ReadonlyMap<string, string> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
