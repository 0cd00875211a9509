import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, isRunning, jars, waitFor } from '../harness/index.ts';

const partitions = 3;
const remainders = 13;
const workerMs = 60_000;

export interface CountNumbersOptions {
  readonly name: string;
  /** How many each partition of each source has. */
  readonly numbers: number;
  /** Of the command that submits it. */
  readonly options?: readonly string[];
}

/** A running acme.trident.CountNumbers topology, whose states are files. */
export class CountNumbers {
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
    { name, numbers, options = [] }: CountNumbersOptions,
  ): Promise<CountNumbers> {
    const run = new CountNumbers(gearstorm, name, numbers);
    const main = 'acme.trident.CountNumbers';
    await gearstorm.submit(jars.acme, main, name, run.#folder, String(numbers), ...options);
    return run;
  }

  /** What every state has to hold in the end. */
  get expected(): Readonly<Record<string, number>> {
    const keys = Array.from({ length: partitions * remainders }, (_, index) => index);
    return Object.fromEntries(
      keys.map((index) => {
        const remainder = index % remainders;
        const count = Math.ceil((this.#numbers - remainder) / remainders);
        return [`p${Math.floor(index / remainders)} ${remainder}`, count];
      }),
    );
  }

  /** Counted so far, of both states. */
  async total(): Promise<number> {
    const counts = await Promise.all([this.counts('opaque'), this.counts('transactional')]);
    return counts.flatMap(Object.values).reduce((sum: number, count) => sum + count, 0);
  }

  get expectedTotal(): number {
    return 2 * partitions * this.#numbers;
  }

  /** By partition and remainder. */
  async counts(state: 'opaque' | 'transactional'): Promise<Readonly<Record<string, number>>> {
    const folder = join(this.#folder, state);
    const files = await readdir(folder).catch(() => []);
    const texts = await Promise.all(
      files
        .filter((file) => file.endsWith('.tsv'))
        .map((file) => readFile(join(folder, file), 'utf8')),
    );
    const rows = texts.flatMap((text) => text.trim().split('\n')).map((row) => row.split('\t'));
    return Object.fromEntries(rows.map(([key, count]) => [key ?? '', Number(count)]));
  }

  /** Kills one worker process, and returns when there are as many as before, all others. */
  async killAWorker(random: SeededRandom): Promise<void> {
    const pids = await this.#workers();
    const pid = random.pick(pids);
    process.kill(pid, 'SIGKILL');
    await waitFor('a worker in its place', workerMs, async () => {
      const now = await this.#workers();
      return now.length >= pids.length && !now.includes(pid);
    });
  }

  /** Processes whose command line says that they are workers of this topology. */
  async #workers(): Promise<readonly number[]> {
    const pids = await this.#gearstorm.otherProcesses();
    const commands = await Promise.all(
      pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
    );
    const running = await Promise.all(pids.map(isRunning));
    return pids.filter(
      (_, index) => running[index] && commands[index]?.includes(`-Dstorm.id=${this.#name}-`),
    );
  }

  get #folder(): string {
    return join(this.#gearstorm.directory, `${this.#name}-states`);
  }
}
