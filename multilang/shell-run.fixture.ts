import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  NativeRun,
  planInOneProcess,
  systemClock,
  type TaskFailure,
} from '../runtime/native/index.ts';
import {
  bolt,
  field,
  type NativeTopology,
  type Streams,
  spout,
  type TopologyContext,
  type Tuple,
} from '../storm-api/builder/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { jsonText } from './json-text.ts';
import type { ShellOptions } from './shell-options.ts';

/** A folder with a child's scripts and our own storm.py beside them. */
export class ScriptFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'gearstorm-shell-'));
  readonly log: string[] = [];
  /** Components and tasks whose child ended. */
  readonly ended: string[] = [];

  constructor() {
    mkdirSync(join(this.path, 'pids'));
  }

  get pidDir(): string {
    return join(this.path, 'pids');
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  options(
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): ShellOptions {
    const say = (_: object, line: string) => void this.log.push(line);
    return {
      command,
      environment: {
        PYTHONPATH: resolve('multilang/storm-py'),
        PYTHONDONTWRITEBYTECODE: '1',
        ...environment,
      },
      cwd: this.path,
      pidDir: this.pidDir,
      describe: describeTask,
      log: { trace: () => {}, debug: () => {}, info: say, warn: say, error: say },
      clock: systemClock,
      onEnded: (component, task) => void this.ended.push(`${component} ${task}`),
    };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Emits each of these once, again when it fails; knows what was acked. */
export class Source {
  readonly acked: unknown[] = [];
  readonly failed: unknown[] = [];
  readonly #values: readonly unknown[];

  constructor(values: readonly unknown[]) {
    this.#values = values;
  }

  get component() {
    return spout({
      streams: { default: { value: field<unknown>() } },
      open: (_, collector) => {
        const waiting = this.#values.map((_, index) => index);
        return {
          nextTuple: () => {
            const index = waiting.shift();
            if (index === undefined) return;
            collector.emit({ value: this.#values[index] }, { messageId: index });
          },
          ack: (id) => void this.acked.push(id),
          fail: (id) => {
            this.failed.push(id);
            waiting.push(id as number);
          },
        };
      },
    });
  }
}

/** Keeps and acks what it gets. */
export class Sink {
  readonly tuples: (readonly unknown[])[] = [];
  #opens: Promise<void> | null = null;

  /** It keeps nothing until what this returns is called. */
  close(): () => void {
    let open = () => {};
    this.#opens = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  get component() {
    return bolt<unknown, Streams>({
      streams: {},
      prepare: (_, collector) => ({
        execute: async (tuple: Tuple<unknown>) => {
          await this.#opens;
          this.tuples.push(tuple.exact);
          collector.ack(tuple);
        },
      }),
    });
  }
}

/** A topology that runs in this process on real time. */
export class ShellRun {
  readonly failures: TaskFailure[] = [];
  readonly #run: NativeRun;

  constructor(program: NativeTopology) {
    this.#run = new NativeRun({
      plan: planInOneProcess(program, StormConf.empty, systemClock),
      worker: 0,
      incarnation: 1,
      program,
      clock: systemClock,
      seed: 1,
      observer: { onError: (failure) => void this.failures.push(failure) },
    });
    this.#run.start();
  }

  /** Tuples that wait for bolts. */
  get queued(): number {
    return this.#run.unfinished.queued;
  }

  get errors(): readonly string[] {
    return this.failures.map(({ error }) =>
      error instanceof Error ? error.message : String(error),
    );
  }

  /** @throws Error with what was reported when it is not so for a long time */
  async until(isSo: () => boolean, limitMs = 20_000): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!isSo()) {
      if (performance.now() > endMs)
        throw new Error(`it did not happen: ${this.errors.join('\n')}`);
      await sleep(5);
    }
  }

  /**
   * How many tuples wait for a bolt that takes none, of a child that emits without end.
   * @throws Error when too few come for the child to have a reason to wait
   */
  async queuedOfFlood(): Promise<number> {
    await this.until(() => this.queued > 2_000);
    await sleep(1_000); // a child that does not wait would have said everything by then
    return this.queued;
  }

  activate(active: boolean): void {
    this.#run.activate(active);
  }

  async stop(): Promise<void> {
    await this.#run.stop();
  }
}

/** What a child is told of a topology of which only the task's own context is known. */
function describeTask(context: TopologyContext): ReturnType<ShellOptions['describe']> {
  const components: Record<string, string> = {};
  for (let task = 1; ; task++) {
    const component = context.componentOf(task);
    if (component === null) break;
    components[task] = component;
  }
  const { taskId: taskid, componentId: componentid } = context;
  const about = { 'task->component': components, taskid, componentid };
  return { conf: jsonText(context.config), context: jsonText(about) };
}
