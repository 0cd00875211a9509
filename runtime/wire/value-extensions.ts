/** MessagePack extension types of what it has no type for; their data is big-endian. */
export const extension = {
  /** A string that UTF-8 cannot hold, as UTF-16 code units: it has half of a surrogate pair. */
  brokenString: 1,
  /** A plain object of TypeScript: one map in MessagePack. */
  plainObject: 2,
  /** An `Int` of TypeScript: 32 bits. */
  int: 3,
  /** A bigint of TypeScript that a number could hold: 64 bits. */
  smallBigint: 4,
  /** Milliseconds since 1970: 64 bits. */
  date: 5,
  /** What only Java understands: its hash in 32 bits, its class name as a str, Kryo's bytes. */
  opaque: 6,
  /** A Number of any other class of Java: as what is opaque, with its text as a str before Kryo's bytes. */
  number: 7,
} as const;
