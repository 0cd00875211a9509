import type { Generation } from '../storm-api/index.ts';

/** A Clojure map with more entries than this is a hash map; up to it, it keeps their order. */
const arrayMapMax = 8;

/**
 * Sorts the names of a stream's subscribers as Storm's executors iterate over them, which is the
 * order in which `emit` asks them for tasks and returns the tasks. Storm fills a java.util.HashMap
 * (Java 8 to 17), makes a map of Clojure of it, and copies that into a HashMap of just the needed
 * size. So names that share a bucket of the copy keep the order of Clojure's map, which is that of
 * the first map while it is small; names that share even a bucket of that (where Storm's order
 * depends on more) keep the order given.
 */
export function inHashMapOrder<Name extends string>(
  names: readonly Name[],
  generation: Generation,
): readonly Name[] {
  const filled = byBucket(names, grownCapacity(names.length));
  const clojures = names.length > arrayMapMax ? inClojureOrder(filled, generation) : filled;
  return byBucket(clojures, copyCapacity(names.length));
}

function byBucket<Name extends string>(names: readonly Name[], capacity: number): readonly Name[] {
  const bucket = (name: string) => spread(javaHash(name)) & (capacity - 1);
  return [...names].sort((a, b) => bucket(a) - bucket(b)); // the sort is stable
}

/** A map starts with 16 buckets and doubles when more than three quarters are used. */
function grownCapacity(size: number): number {
  let capacity = 16;
  while (size > capacity * 0.75) capacity *= 2;
  return capacity;
}

function copyCapacity(size: number): number {
  let capacity = 1;
  while (capacity < Math.floor(size / 0.75 + 1)) capacity *= 2;
  return capacity;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

/** A PersistentHashMap is a trie: by the lowest five bits of the hash, then the next five. */
function inClojureOrder<Name extends string>(
  names: readonly Name[],
  generation: Generation,
): readonly Name[] {
  const digits = (name: string) => {
    const hash = generation === 'storm-0.9' ? javaHash(name) : mixed(javaHash(name));
    return [0, 5, 10, 15, 20, 25, 30].map((shift) => (hash >>> shift) & 31);
  };
  return [...names].sort((a, b) => compare(digits(a), digits(b)));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const first = a.findIndex((digit, index) => digit !== b[index]);
  return first === -1 ? 0 : (a[first] ?? 0) - (b[first] ?? 0);
}

/** Murmur3 of one int: what Clojure 1.6, which Storm 0.10 brings, does with a String's hash. */
function mixed(hash: number): number {
  if (hash === 0) return 0;
  let key = Math.imul(hash, 0xcc9e2d51);
  key = Math.imul(rotated(key, 15), 0x1b873593);
  let h = Math.imul(rotated(key, 13), 5) + 0xe6546b64;
  h ^= 4;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Java's String.hashCode. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}
