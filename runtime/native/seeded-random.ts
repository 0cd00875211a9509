/** Random 32-bit numbers that a seed determines (Marsaglia's xorshift128); not for secrets. */
export class SeededRandom {
  readonly #state: Int32Array;

  /** @param seed a number, or 128 bits of which none need be chosen well */
  constructor(seed: number | Int32Array) {
    this.#state =
      typeof seed === 'number'
        ? // Weyl steps through a mixer: neighbouring seeds begin far from each other.
          Int32Array.from({ length: 4 }, (_, index) =>
            mix((seed + Math.imul(index + 1, 0x9e3779b9)) | 0),
          )
        : seed.slice(0, 4);
    if (this.#state.every((word) => word === 0)) this.#state[0] = 1;
  }

  /** Any 32-bit integer. */
  int(): number {
    const state = this.#state;
    let mixed = state[3] as number;
    const first = state[0] as number;
    state[3] = state[2] as number;
    state[2] = state[1] as number;
    state[1] = first;
    mixed ^= mixed << 11;
    mixed ^= mixed >>> 8;
    state[0] = mixed ^ first ^ (first >>> 19);
    return state[0];
  }

  /** From 0 to `end` - 1. */
  below(end: number): number {
    return Math.floor(((this.int() >>> 0) / 0x1_0000_0000) * end);
  }
}

function mix(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
