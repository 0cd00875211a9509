import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Gearstorm, isRunning, jars, projectRoot, waitFor } from '../harness/index.ts';
import { DeliveryJudge } from './delivery-judge.ts';
import { DeliveryLog } from './delivery-log.ts';
import type { SeededRandom } from './seeded-random.ts';

const program = join(projectRoot, 'conformance-tests/native/delivery.ts');
const mixedProgram = join(projectRoot, 'conformance-tests/native/mixed-delivery.ts');
const startMs = 60_000;
const finishMs = 180_000;

export interface DeliveryOptions {
  readonly name: string;
  /** Options of acme.delivery.DeliveryTopology. */
  readonly words?: readonly string[];
  /** What its components are: classes of a jar, unless said otherwise, parts of a program, or both. */
  readonly kind?: 'java' | 'native' | 'mixed';
}

/** A running acme.delivery topology and what its judge knows so far. */
export class Delivery {
  readonly name: string;
  readonly judge = new DeliveryJudge();
  readonly #path: string;
  readonly #log: DeliveryLog;

  private constructor(name: string, path: string) {
    this.name = name;
    this.#path = path;
    this.#log = new DeliveryLog(path);
  }

  /** Resolves when letters are delivered. */
  static async start(
    gearstorm: Gearstorm,
    { name, words = [], kind = 'java' }: DeliveryOptions,
  ): Promise<Delivery> {
    const path = join(gearstorm.directory, `${name}.log`);
    await writeFile(path, '');
    const delivery = new Delivery(name, path);
    if (kind === 'native') {
      await gearstorm.command('submit', program, '--name', name, path, ...words);
    } else if (kind === 'mixed') {
      await gearstorm.command('submit', mixedProgram, '--name', name, path, jars.acme, ...words);
    } else {
      const main = 'acme.delivery.DeliveryTopology';
      await gearstorm.submit(jars.acme, main, name, path, ...words);
    }
    await delivery.progress();
    return delivery;
  }

  /** Lets the judge see what happened since the last time. */
  async look(): Promise<void> {
    for await (const rows of this.#log.newRows()) for (const row of rows) this.judge.take(row);
  }

  /** Waits until so many more letters are acked. */
  async progress(acks = 500): Promise<void> {
    await this.look();
    const wanted = this.judge.acks + acks;
    await waitFor(`${acks} acks more`, startMs, async () => {
      await this.look();
      return this.judge.acks >= wanted;
    });
  }

  /** The workers that run components. */
  async workers(): Promise<readonly number[]> {
    await this.look();
    const running = await Promise.all(this.judge.pids.map(isRunning));
    return this.judge.pids.filter((_, index) => running[index]);
  }

  /** One of the workers that run components; waits until there is one. */
  async aWorker(random: SeededRandom): Promise<number> {
    const running = await waitFor('a running worker', startMs, async () => {
      const pids = await this.workers();
      return pids.length > 0 && pids;
    });
    return random.pick(running);
  }

  /** Waits until every task of a process that is gone was opened by another, which is running. */
  async untilReplaced(pid: number): Promise<void> {
    await waitFor(`a worker in place of ${pid}`, startMs, async () => {
      await this.look();
      return !this.judge.pids.includes(pid);
    });
  }

  /** Ends the sources and waits until nothing is undelivered. */
  async finish(): Promise<void> {
    await writeFile(`${this.#path}.enough`, '');
    await waitFor(`the last letters of ${this.name}`, finishMs, async () => {
      await this.look();
      return this.judge.isDone;
    });
  }
}
