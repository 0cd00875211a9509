package gearstorm.host.values;

/** MessagePack extension types of what it has no type for; their data is big-endian. */
final class Extensions {
  /** A string that UTF-8 cannot hold, as UTF-16 code units: it has half of a surrogate pair. */
  static final int BROKEN_STRING = 1;

  /** A plain object of TypeScript: one map in MessagePack. */
  static final int PLAIN_OBJECT = 2;

  /** An Int of TypeScript: 32 bits. */
  static final int INT = 3;

  /** A bigint of TypeScript that a number could hold: 64 bits. */
  static final int SMALL_BIGINT = 4;

  /** Milliseconds since 1970: 64 bits. */
  static final int DATE = 5;

  /** What only Java understands: its hash in 32 bits, its class name as a str, Kryo's bytes. */
  static final int OPAQUE = 6;

  /** A Number of any other class: as what is opaque, with its text as a str before Kryo's bytes. */
  static final int NUMBER = 7;

  private Extensions() {}
}
