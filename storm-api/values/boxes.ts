/**
 * A Java Double. JavaScript has one kind of number, so 1.0 and 1 need telling apart: a plain whole
 * number is a Long, `new Double(1)` a Double. Numbers that no Long can be (fractions, NaN, the
 * infinities, -0, beyond 2^53) are Doubles as they are.
 */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  toJSON(): number {
    return this.value;
  }
}

/** A Java Integer, for Java code that casts to one; a plain whole number is a Long. */
export class Int {
  readonly value: number;

  /** @throws RangeError when the value is not a whole number of 32 bits */
  constructor(value: number) {
    if ((value | 0) !== value) throw new RangeError(`${value} is no 32-bit integer`);
    this.value = value;
  }

  valueOf(): number {
    return this.value;
  }

  toJSON(): number {
    return this.value;
  }
}

/**
 * A value that only Java code understands, such as an object of a topology's own class. It can be
 * emitted again and reaches Java byte for byte; nothing else can be done with it, but that a number,
 * such as a BigDecimal, has its digits.
 */
export class Opaque {
  /** Full name of its Java class. */
  readonly className: string;
  /** Its Java hash, as a fields grouping uses it. */
  readonly hash: number;
  /** As the topology's Kryo wrote it. */
  readonly bytes: Uint8Array;
  /** What `toString` says of a `java.lang.Number`; null for anything else. */
  readonly digits: string | null;

  constructor(className: string, hash: number, bytes: Uint8Array, digits: string | null = null) {
    this.className = className;
    this.hash = hash;
    this.bytes = bytes;
    this.digits = digits;
  }

  toString(): string {
    return this.digits ?? `[${this.className}]`;
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Whether a plain number stands for a Java Long; any other stands for a Double. */
export function isLong(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

const longMin = -(2n ** 63n);
const longMax = 2n ** 63n - 1n;

/** Whether a bigint fits into a Java Long. */
export function fitsLong(value: bigint): boolean {
  return value >= longMin && value <= longMax;
}
