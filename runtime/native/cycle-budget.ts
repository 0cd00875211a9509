/** A cycle of the topology emits more tuples than it finishes. */
export class CycleOverflowError extends Error {
  override readonly name = 'CycleOverflowError';

  constructor(members: readonly string[], bytesMax: number) {
    super(
      `the cycle of ${members.join(', ')} emits more than it takes in: its waiting tuples passed gearstorm.overflow.bytes.max = ${bytesMax}`,
    );
  }
}

export interface CycleLimits {
  /** From so many waiting tuples on, others are kept from entering (gearstorm.overflow.tuples). */
  readonly entryTuples: number;
  /** By estimate; gearstorm.overflow.bytes.max. */
  readonly bytesMax: number;
}

/** A cycle that a component belongs to, with what all of its tasks share. */
export interface Loop {
  readonly ordinal: number;
  readonly budget: CycleBudget;
}

/**
 * The tuples of this process that wait on their way round one cycle of the topology. Edges inside a
 * cycle never stop an executor, so this is what bounds a cycle that multiplies.
 */
export class CycleBudget {
  readonly #members: readonly string[];
  readonly #limits: CycleLimits;
  readonly #onOverflow: (error: CycleOverflowError) => void;
  #tuples = 0;
  #bytes = 0;
  #overflow: CycleOverflowError | null = null;

  /** @param onOverflow called once, when the cycle holds too much */
  constructor(
    members: readonly string[],
    limits: CycleLimits,
    onOverflow: (error: CycleOverflowError) => void,
  ) {
    this.#members = members;
    this.#limits = limits;
    this.#onOverflow = onOverflow;
  }

  /** Whether a tuple from outside may enter. */
  get admitsEntry(): boolean {
    return this.#tuples < this.#limits.entryTuples;
  }

  /**
   * One tuple more waits. @param bytes what it holds, by estimate
   * @throws CycleOverflowError when that is too much, and ever after
   */
  add(bytes: number): void {
    this.#tuples += 1;
    this.#bytes += bytes;
    if (this.#overflow === null && this.#bytes > this.#limits.bytesMax) {
      this.#overflow = new CycleOverflowError(this.#members, this.#limits.bytesMax);
      this.#onOverflow(this.#overflow);
    }
    if (this.#overflow !== null) throw this.#overflow;
  }

  /** One tuple, as it was added, goes on. */
  remove(bytes: number): void {
    this.#tuples -= 1;
    this.#bytes -= bytes;
  }
}
