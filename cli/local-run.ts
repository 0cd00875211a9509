import { randomInt } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import {
  NativeRun,
  planInOneProcess,
  type RunObserver,
  stackOf,
  systemClock,
  type TaskFailure,
} from '../runtime/native/index.ts';
import type { NativeTopology } from '../storm-api/builder/index.ts';
import type { CommandContext } from './command-context.ts';
import { type ComponentCounts, countsLine, countsTable } from './component-counts.ts';
import { clientConfiguration } from './configuration.ts';
import { CommandError } from './errors.ts';
import { LocalEnd } from './local-end.ts';
import { bundleProgram, loadProgram } from './native-program.ts';
import { checkTypes } from './type-check.ts';

const errorsShownPerSecond = 5;

export interface LocalRequest {
  readonly file: string;
  /** For the program's default export, when that is a function. */
  readonly args: readonly string[];
  /** null: until SIGINT or SIGTERM. */
  readonly ttlSecs: number | null;
}

/**
 * Runs a topology of a program in the foreground until its time is over or somebody ends it: in this
 * process, or in workers of its own when some of it is in Java or another language.
 * @throws CommandError, InvalidTopologyError, or what the program throws at its start
 */
export async function runLocal(context: CommandContext, request: LocalRequest): Promise<void> {
  const { paths } = context;
  const bundle = await bundleProgram(request.file, paths.programModules);
  checkTypes(request.file, paths.programModules, paths.packages);
  const program = await loadProgram(bundle, { words: request.args, submits: null });
  if (isWhole(program)) {
    await runHere(context, program, request);
    return;
  }
  const { runInWorkers } = await import('./local-workers.ts');
  await runInWorkers(context, { bundle, program, words: request.args }, request.ttlSecs);
}

/** All components are code of the program. */
function isWhole({ topology }: NativeTopology): boolean {
  return topology.components.every(({ implementation }) => implementation.kind === 'native');
}

async function runHere(
  context: CommandContext,
  program: NativeTopology,
  { file, ttlSecs }: LocalRequest,
): Promise<void> {
  const { out, err } = context;
  const end = new LocalEnd();
  const counts = new Counts(err, end);
  const run = new NativeRun({
    plan: planInOneProcess(program, clientConfiguration(context), systemClock),
    worker: 0,
    incarnation: 1,
    program,
    codeDir: dirname(resolve(file)),
    clock: systemClock,
    seed: randomInt(0x7fffffff),
    observer: counts,
  });
  run.start();
  out.write(`running ${run.plan.topologyName}; Ctrl-C ends it\n`);
  await end.showUntil(ttlSecs, () => out.write(countsLine(counts.rows)));
  await run.stop();
  out.write(countsTable(counts.rows));
  if (counts.fatal !== null) throw new CommandError(counts.fatal.message);
}

type Growing = { -readonly [Key in keyof ComponentCounts]: ComponentCounts[Key] };

/** Counts by component, and tells of errors as they come. */
class Counts implements RunObserver {
  /** Why the run ended by itself. */
  fatal: Error | null = null;
  readonly #err: NodeJS.WritableStream;
  readonly #end: LocalEnd;
  readonly #components = new Map<string, Growing>();
  #errorSecond = 0;
  #errorsInSecond = 0;

  constructor(err: NodeJS.WritableStream, end: LocalEnd) {
    this.#err = err;
    this.#end = end;
  }

  get rows(): readonly ComponentCounts[] {
    return [...this.#components.values()];
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
    this.#err.write(
      `${component} (task ${task})${restarts ? ', begins anew' : ''}: ${stackOf(error)}\n`,
    );
  }

  onFatal(error: Error): void {
    this.fatal = error;
    this.#end.reach();
  }

  onRemark(sentence: string): void {
    this.#err.write(`${sentence}\n`);
  }

  #of(component: string): Growing {
    const known = this.#components.get(component);
    if (known !== undefined) return known;
    const fresh = { component, emitted: 0, executed: 0, acked: 0, failed: 0 };
    this.#components.set(component, fresh);
    return fresh;
  }
}
