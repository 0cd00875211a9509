import type { SeededRandom } from './seeded-random.ts';

/** Where new edges come from: `draw` puts one into `high` and `low`. */
export interface EdgeSource {
  readonly high: number;
  readonly low: number;
  draw(): void;
}

/** 64 random bits, never 0. */
export class RandomEdges implements EdgeSource {
  high = 0;
  low = 0;
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  draw(): void {
    do {
      this.high = this.#random.int();
      this.low = this.#random.int();
    } while ((this.high | this.low) === 0);
  }
}
