import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DrpcClient } from '../../drpc/index.ts';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, jars, projectRoot, waitFor } from '../harness/index.ts';
import { withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const requestsFull = 100_000;
/** About what one minute is good for on two cores, so that a short soak stays short. */
const requestsPerMinute = 20_000;
const callers = 1_000;
const failShare = 0.01;
const kills = 6;
const killPauseMs = 4_000;
const quotedMax = 20;
/** Of serve, beyond what it had when every part of it was warm. */
const growthMaxMegabytes = 64;
const program = join(projectRoot, 'conformance-tests/native/drpc-orders.ts');
const doneMs = 60_000;
/** How a request ends whose worker was killed. */
const lost = /the request may be lost|the worker that had taken the request is gone/;

interface Served {
  readonly name: string;
  readonly submit: (gearstorm: Gearstorm) => Promise<void>;
}

/** Who serves the function: components of an old jar over two workers, and such in TypeScript. */
const kinds: readonly Served[] = [
  {
    name: 'an old jar',
    submit: (gearstorm) =>
      gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '2', '600'),
  },
  {
    name: 'TypeScript',
    submit: (gearstorm) => gearstorm.command('submit', program, '--name', 'order'),
  },
];

/**
 * Many callers at a time, of whose requests some fail as they ask for: every answer is for its own
 * question, and serve needs no more memory in the end. Then the same while workers are killed.
 */
export async function drpc(options: SoakOptions): Promise<Outcome> {
  const outcomes: (readonly [string, Outcome])[] = [];
  for (const kind of kinds) outcomes.push([kind.name, await soakOf(kind, options)]);
  return {
    violations: outcomes.flatMap(([name, outcome]) =>
      outcome.violations.map((each) => `${name}: ${each}`),
    ),
    facts: Object.fromEntries(outcomes.map(([name, { facts }]) => [name, facts])),
  };
}

async function soakOf(
  { name, submit }: Served,
  { seed, minutes, say }: SoakOptions,
): Promise<Outcome> {
  const load = new Load(seed);
  const requests = Math.min(requestsFull, Math.ceil(minutes * requestsPerMinute));
  await withGearstorm({}, async (gearstorm) => {
    await submit(gearstorm);
    await waitFor('the first answer', doneMs, () => load.isAnswered(gearstorm));
    const warmUp = Math.ceil(0.2 * requests);
    await load.run(gearstorm, upTo(warmUp));
    const warmMegabytes = await residentMegabytes(gearstorm.servePid);
    await load.run(gearstorm, upTo(requests - warmUp));
    const megabytes = await residentMegabytes(gearstorm.servePid);
    load.megabytes = { warm: warmMegabytes, end: megabytes };
    say(`drpc, ${name}, undisturbed: ${load.line}`);
    await load.runWhileWorkersDie(gearstorm);
    say(`drpc, ${name}, workers killed: ${load.line}`);
    await waitFor('an answer after all kills', doneMs, () => load.isAnswered(gearstorm));
  });
  return { violations: load.violations(), facts: load.facts() };
}

/** Callers and what they heard. */
class Load {
  megabytes = { warm: 0, end: 0 };
  readonly #random: SeededRandom;
  readonly #wrong: string[] = [];
  #workersDie = false;
  #right = 0;
  #failed = 0;
  #lost = 0;
  #kills = 0;

  constructor(seed: number) {
    this.#random = new SeededRandom(seed);
  }

  get line(): string {
    const { warm, end } = this.megabytes;
    return `right=${this.#right} failed=${this.#failed} lost=${this.#lost} wrong=${this.#wrong.length} serve=${warm}..${end} MB`;
  }

  /** @param takeOne whether there is one more request to be made. */
  async run(gearstorm: Gearstorm, takeOne: () => boolean): Promise<void> {
    await Promise.all(Array.from({ length: callers }, () => this.#call(gearstorm, takeOne)));
  }

  async runWhileWorkersDie(gearstorm: Gearstorm): Promise<void> {
    this.#workersDie = true;
    const calls = this.run(gearstorm, () => this.#workersDie);
    while (this.#kills < kills) {
      await sleep(this.#random.between(0, killPauseMs));
      const pids = await gearstorm.otherProcesses();
      this.#kills++;
      if (pids.length > 0) process.kill(this.#random.pick(pids), 'SIGKILL');
    }
    this.#workersDie = false;
    await calls;
  }

  async isAnswered(gearstorm: Gearstorm): Promise<boolean> {
    const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
    const answer = await client.execute('orders', 'a').catch(() => '');
    client.close();
    return answer === 'a!';
  }

  violations(): readonly string[] {
    const { warm, end } = this.megabytes;
    const grown = end - warm > growthMaxMegabytes ? [`serve grew from ${warm} to ${end} MB`] : [];
    return [...this.#wrong.slice(0, quotedMax), ...grown];
  }

  facts(): object {
    return {
      ...{ callers, right: this.#right, failedAsAsked: this.#failed, wrong: this.#wrong.length },
      ...{
        workersKilled: this.#kills,
        lostWithAWorker: this.#lost,
        serveMegabytes: this.megabytes,
      },
    };
  }

  async #call(gearstorm: Gearstorm, takeOne: () => boolean): Promise<void> {
    const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
    while (takeOne()) {
      const fails = this.#random.between(1, 1 / failShare) === 1;
      const argument = `${fails ? 'fail' : 'say'} ${this.#random.between(0, 2 ** 31)}`;
      const answer = await client.execute('orders', argument).catch((error: Error) => error);
      this.#judge(argument, fails, answer);
    }
    client.close();
  }

  #judge(argument: string, fails: boolean, answer: string | Error): void {
    const text = answer instanceof Error ? answer.message : answer;
    if (!fails && text === `${argument}!`) this.#right++;
    else if (fails && text === 'Request failed') this.#failed++;
    else if (this.#kills > 0 && answer instanceof Error && lost.test(text)) this.#lost++;
    else this.#wrong.push(`"${argument}" was answered "${text}"`);
  }
}

/** True so many times. */
function upTo(count: number): () => boolean {
  let left = count;
  return () => left-- > 0;
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
}
