const seed = 0x9747b28c;
const mix = 0x5bd1e995;
const shift = 24;

/** MurmurHash2 of 32 bits with the seed of Kafka's own clients, as a signed number. */
export function murmur2(bytes: Uint8Array): number {
  const { length } = bytes;
  let hash = seed ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    const word =
      (bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24);
    const mixed = Math.imul(word, mix);
    hash = Math.imul(hash, mix) ^ Math.imul(mixed ^ (mixed >>> shift), mix);
  }
  if (at < length) hash = Math.imul(hash ^ rest(bytes, at), mix);
  hash = Math.imul(hash ^ (hash >>> 13), mix);
  return hash ^ (hash >>> 15);
}

/** The partition that Kafka's own clients choose for a key. */
export function partitionOfKey(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fffffff) % partitions;
}

/** The last one to three bytes as a number. */
function rest(bytes: Uint8Array, from: number): number {
  let value = 0;
  for (let at = bytes.length - 1; at >= from; at--) value = (value << 8) | (bytes[at] as number);
  return value;
}
