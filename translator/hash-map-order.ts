/**
 * Sorts names as a java.util.HashMap (Java 8 to 17) of that size iterates over them. Storm keeps
 * a stream's subscribers in such maps, so this is the order in which `emit` asks them for tasks and
 * returns the tasks. Storm fills one map and copies it into one of just the needed size; names that
 * share a bucket of the copy keep the order of the first, and names that share a bucket of both
 * (where Storm's order depends on more) the order given.
 */
export function inHashMapOrder<Name extends string>(names: readonly Name[]): readonly Name[] {
  return byBucket(byBucket(names, grownCapacity(names.length)), copyCapacity(names.length));
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

/** Java's String.hashCode. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}
