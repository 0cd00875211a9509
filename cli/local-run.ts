import { randomInt } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  NativeRun,
  planInOneProcess,
  type RunObserver,
  systemClock,
  type TaskFailure,
} from '../runtime/native/index.ts';
import type { CommandContext } from './command-context.ts';
import { clientConfiguration } from './configuration.ts';
import { CommandError } from './errors.ts';
import { bundleProgram, loadProgram } from './native-program.ts';
import { checkTypes } from './type-check.ts';

const showEveryMs = 1000;
const errorsShownPerSecond = 5;

export interface LocalRequest {
  readonly file: string;
  /** For the program's default export, when that is a function. */
  readonly args: readonly string[];
  /** null: until SIGINT or SIGTERM. */
  readonly ttlSecs: number | null;
}

/**
 * Runs a native topology in this process until its time is over or somebody ends it.
 * @throws CommandError, InvalidTopologyError, or what the program throws at its start
 */
export async function runLocal(context: CommandContext, request: LocalRequest): Promise<void> {
  const { paths, out, err } = context;
  const bundle = await bundleProgram(request.file, paths.programModules);
  checkTypes(request.file, paths.programModules, paths.packages);
  const program = await loadProgram(bundle, { words: request.args, submits: null });
  const counts = new Counts(err);
  const run = new NativeRun({
    plan: planInOneProcess(program, clientConfiguration(context), systemClock),
    worker: 0,
    incarnation: 1,
    program,
    codeDir: dirname(resolve(request.file)),
    clock: systemClock,
    seed: randomInt(0x7fffffff),
    observer: counts,
  });
  const ending = Promise.race([ended(request.ttlSecs), counts.failing]);
  run.start();
  out.write(`running ${run.plan.topologyName}; Ctrl-C ends it\n`);
  const shown = showUntil(ending, () => out.write(counts.line()));
  await ending;
  await shown;
  await run.stop();
  out.write(counts.table());
  if (counts.fatal !== null) throw new CommandError(counts.fatal.message);
}

async function showUntil(ending: Promise<unknown>, show: () => void): Promise<void> {
  const over = ending.then(() => true);
  while (!(await Promise.race([over, sleep(showEveryMs, false)]))) show();
}

function ended(ttlSecs: number | null): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
    if (ttlSecs !== null) setTimeout(resolve, ttlSecs * 1000);
  });
}

interface ComponentCounts {
  emitted: number;
  executed: number;
  acked: number;
  failed: number;
}

/** Counts by component, and tells of errors as they come. */
class Counts implements RunObserver {
  readonly #err: NodeJS.WritableStream;
  readonly #components = new Map<string, ComponentCounts>();
  /** Resolves when the run cannot go on. */
  readonly failing: Promise<void>;
  fatal: Error | null = null;
  #fail: () => void = () => {};
  #errorSecond = 0;
  #errorsInSecond = 0;

  constructor(err: NodeJS.WritableStream) {
    this.#err = err;
    this.failing = new Promise((resolve) => {
      this.#fail = resolve;
    });
  }

  onEmit(component: string): void {
    this.#of(component).emitted += 1;
  }

  onExecuted(component: string): void {
    this.#of(component).executed += 1;
  }

  onAcked(component: string): void {
    this.#of(component).acked += 1;
  }

  onFailed(component: string): void {
    this.#of(component).failed += 1;
  }

  onError({ component, task, error, restarts }: TaskFailure): void {
    const second = Math.floor(performance.now() / 1000);
    this.#errorsInSecond = second === this.#errorSecond ? this.#errorsInSecond + 1 : 1;
    this.#errorSecond = second;
    if (this.#errorsInSecond > errorsShownPerSecond) return;
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#err.write(`${component} (task ${task})${restarts ? ', begins anew' : ''}: ${stack}\n`);
  }

  onFatal(error: Error): void {
    this.fatal = error;
    this.#fail();
  }

  onRemark(sentence: string): void {
    this.#err.write(`${sentence}\n`);
  }

  line(): string {
    const parts = [...this.#components].map(
      ([component, { emitted, executed, acked, failed }]) =>
        `${component} emitted ${emitted}${executed > 0 ? ` executed ${executed}` : ''}${acked + failed > 0 ? ` acked ${acked} failed ${failed}` : ''}`,
    );
    return `${parts.join(', ')}\n`;
  }

  table(): string {
    const rows = [...this.#components].map(([component, { emitted, executed, acked, failed }]) =>
      [component, emitted, executed, acked, failed].map(String),
    );
    const all = [['component', 'emitted', 'executed', 'acked', 'failed'], ...rows];
    const widths = [0, 1, 2, 3, 4].map((column) =>
      Math.max(...all.map((row) => row[column]?.length ?? 0)),
    );
    const text = (row: readonly string[]) =>
      row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
    return `${all.map((row) => text(row).trimEnd()).join('\n')}\n`;
  }

  #of(component: string): ComponentCounts {
    const known = this.#components.get(component);
    if (known !== undefined) return known;
    const fresh = { emitted: 0, executed: 0, acked: 0, failed: 0 };
    this.#components.set(component, fresh);
    return fresh;
  }
}
