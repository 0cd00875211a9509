import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DrpcClient } from '../../drpc/index.ts';
import { SeededRandom } from '../failure/seeded-random.ts';
import { type Gearstorm, jars, projectRoot, waitFor } from '../harness/index.ts';
import { killQuietly } from './faults.ts';
import { withGearstorm } from './instances.ts';
import { type ServeMemory, ServeMemoryProbe } from './serve-memory.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const requestsFull = 100_000;
/** About what one minute is good for on two cores, so that a short soak stays short. */
const requestsPerMinute = 20_000;
const callers = 1_000;
const failShare = 0.01;
const kills = 6;
const killPauseMs = 4_000;
const quotedMax = 20;
/**
 * Of serve: what is live, and what is resident without garbage, beyond what it was when every part
 * was warm. The peak has garbage in it, for which V8 takes room until it has found its size.
 */
const growthMax = {
  live: { since: 'warm', megabytes: 3 },
  resident: { since: 'warm', megabytes: 64 },
  peak: { since: 'undisturbed', megabytes: 64 },
} as const;
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
 * Nothing is executed twice.
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
  const directory = await mkdtemp(join(tmpdir(), 'gearstorm-drpc-soak-'));
  const load = new Load(seed, join(directory, 'executed'));
  const requests = Math.min(requestsFull, Math.ceil(minutes * requestsPerMinute));
  const memory = new ServeMemoryProbe(join(directory, 'memory.json'));
  await withGearstorm({ environment: memory.environment }, async (gearstorm) => {
    await submit(gearstorm);
    await waitFor('the first answer', doneMs, () => load.isAnswered(gearstorm));
    const warmUp = Math.ceil(0.2 * requests);
    await load.run(gearstorm, upTo(warmUp));
    load.memory.push(await memory.measure(gearstorm));
    await load.run(gearstorm, upTo(requests - warmUp));
    load.memory.push(await memory.measure(gearstorm));
    say(`drpc, ${name}, undisturbed: ${load.line}`);
    await load.runWhileWorkersDie(gearstorm);
    await waitFor('an answer after all kills', doneMs, () => load.isAnswered(gearstorm));
    load.memory.push(await memory.measure(gearstorm));
    say(`drpc, ${name}, workers killed: ${load.line}`);
  });
  await load.checkExecuted();
  await rm(directory, { recursive: true });
  return { violations: load.violations(), facts: load.facts() };
}

/** One request. */
interface Asked {
  readonly number: string;
  readonly argument: string;
  readonly fails: boolean;
}

/** Callers and what they heard. */
class Load {
  /** Of serve: when it was warm, when the undisturbed requests were answered, and in the end. */
  readonly memory: ServeMemory[] = [];
  readonly #random: SeededRandom;
  /** The topology writes a line into it for every request that it executes. */
  readonly #executedFile: string;
  readonly #answered = new Set<string>();
  readonly #wrong: string[] = [];
  #workersDie = false;
  #asked = 0;
  #failed = 0;
  #lost = 0;
  #kills = 0;

  constructor(seed: number, executedFile: string) {
    this.#random = new SeededRandom(seed);
    this.#executedFile = executedFile;
  }

  get line(): string {
    const live = this.memory.map((each) => each.live).join('..');
    return `right=${this.#answered.size} failed=${this.#failed} lost=${this.#lost} wrong=${this.#wrong.length} serve=${live} MB live`;
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
      if (pids.length > 0) killQuietly(this.#random.pick(pids));
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
    return [...this.#wrong.slice(0, quotedMax), ...this.#growth()];
  }

  /** Every answered request was executed, and none twice. */
  async checkExecuted(): Promise<void> {
    const lines = (await readFile(this.#executedFile, 'utf8')).trimEnd().split('\n');
    const executed = new Set<string>();
    for (const line of lines) {
      if (executed.has(line)) this.#wrong.push(`request ${line} was executed twice`);
      executed.add(line);
    }
    const unseen = [...this.#answered].filter((number) => !executed.has(number));
    for (const number of unseen) this.#wrong.push(`request ${number} was never executed`);
  }

  facts(): object {
    return {
      ...{
        callers,
        right: this.#answered.size,
        failedAsAsked: this.#failed,
        wrong: this.#wrong.length,
      },
      ...{
        workersKilled: this.#kills,
        lostWithAWorker: this.#lost,
        serveMegabytes: this.memory,
      },
    };
  }

  async #call(gearstorm: Gearstorm, takeOne: () => boolean): Promise<void> {
    const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
    while (takeOne()) {
      const fails = this.#random.between(1, 1 / failShare) === 1;
      const number = String(this.#asked++);
      const argument = `${fails ? 'fail' : `note ${this.#executedFile}`} ${number}`;
      const answer = await client.execute('orders', argument).catch((error: Error) => error);
      this.#judge({ number, argument, fails }, answer);
    }
    client.close();
  }

  #growth(): readonly string[] {
    const [warm, undisturbed] = this.memory;
    const since = { warm, undisturbed };
    return (['live', 'resident', 'peak'] as const).flatMap((kind) => {
      const bound = growthMax[kind];
      const from = since[bound.since]?.[kind] ?? 0;
      const to = Math.max(...this.memory.map((each) => each[kind]));
      const isSteady = to - from <= bound.megabytes;
      return isSteady ? [] : [`${kind} memory of serve grew from ${from} to ${to} MB`];
    });
  }

  #judge({ number, argument, fails }: Asked, answer: string | Error): void {
    const text = answer instanceof Error ? answer.message : answer;
    if (!fails && text === `${argument}!`) this.#answered.add(number);
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
