import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, jars } from '../harness/index.ts';
import { killAWorker } from './kill-a-worker.ts';

const partitions = 3;

export interface SumNumbersOptions {
  readonly name: string;
  /** How many each partition of each source has. */
  readonly numbers: number;
  /** Of the command that submits it. */
  readonly options?: readonly string[];
}

/** A running acme.trident.SumNumbers topology, whose states are files. */
export class SumNumbers {
  readonly #gearstorm: Gearstorm;
  readonly #name: string;
  readonly #numbers: number;

  private constructor(gearstorm: Gearstorm, name: string, numbers: number) {
    this.#gearstorm = gearstorm;
    this.#name = name;
    this.#numbers = numbers;
  }

  static async start(
    gearstorm: Gearstorm,
    { name, numbers, options = [] }: SumNumbersOptions,
  ): Promise<SumNumbers> {
    const run = new SumNumbers(gearstorm, name, numbers);
    const main = 'acme.trident.SumNumbers';
    await gearstorm.submit(jars.acme, main, name, run.#folder, String(numbers), ...options);
    return run;
  }

  /** What a state that parts the numbers of a partition by remainder has to hold in the end. */
  expected(remainders: number): Readonly<Record<string, number>> {
    const sums: Record<string, number> = {};
    for (let partition = 0; partition < partitions; partition++) {
      for (let number = 0; number < this.#numbers; number++) {
        const key = `p${partition} ${number % remainders}`;
        sums[key] = (sums[key] ?? 0) + number + 1;
      }
    }
    return sums;
  }

  /** Of both states, so far. */
  async total(): Promise<number> {
    const sums = await Promise.all([this.sums('opaque'), this.sums('transactional')]);
    return sums.flatMap(Object.values).reduce((total: number, sum) => total + sum, 0);
  }

  /** What it will be. */
  get expectedTotal(): number {
    return partitions * this.#numbers * (this.#numbers + 1);
  }

  /** By partition and remainder. */
  async sums(state: 'opaque' | 'transactional'): Promise<Readonly<Record<string, number>>> {
    const folder = join(this.#folder, state);
    const files = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      files
        .filter((file) => file.endsWith('.tsv'))
        .map((file) => readFile(join(folder, file), 'utf8')),
    );
    const rows = texts.flatMap((text) => text.trim().split('\n')).map((row) => row.split('\t'));
    return Object.fromEntries(rows.map(([key, sum]) => [key ?? '', Number(sum)]));
  }

  /** Kills one worker process, whichever it is, and returns when there are as many as before. */
  async killAWorker(random: SeededRandom): Promise<void> {
    await killAWorker(this.#gearstorm, this.#name, random);
  }

  get #folder(): string {
    return join(this.#gearstorm.directory, `${this.#name}-states`);
  }
}
