import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { plannedShells, type ShellLog } from '../multilang/index.ts';
import {
  AssignmentError,
  type Components,
  importProgram,
  inspectNative,
  type LogLevel,
  readProgramCall,
  startNativeWorker,
  systemClock,
  type WorkerLog,
} from '../runtime/native/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { decodeTopology } from '../storm-api/thrift/index.ts';
import type { ExecutionPlan } from '../translator/index.ts';

const wrongFiles = 2;

/** As a worker: `worker ASSIGNMENT`; or once, at a submission: `inspect REQUEST`. */
async function main([what, file]: readonly string[]): Promise<void> {
  if (file === undefined) throw new AssignmentError('usage: native-worker (worker|inspect) FILE');
  if (what === 'inspect') await inspect(file);
  else await work(file);
}

async function work(assignmentFile: string): Promise<void> {
  const { log } = await startNativeWorker({
    assignmentFile,
    load: ({ assignment, plan, log: workerLog, onSubprocessEnded: onEnded }) => {
      const { programFile, codeDir, pidDir } = assignment;
      if (plan.processors.some(({ shell }) => shell !== null)) compileEarly();
      const site = { codeDir, pidDir, log: shellLog(workerLog), clock: systemClock, onEnded };
      return componentsOf(plan, programFile, plannedShells(plan, site));
    },
    exit: (code) => process.exit(code),
  });
  // What user code prints belongs to the topology's log.
  const print = (text: string | Uint8Array): boolean => {
    log.writeText(typeof text === 'string' ? text : Buffer.from(text).toString());
    return true;
  };
  process.stdout.write = print;
  process.stderr.write = print;
  heedLevels(log);
}

/**
 * A subprocess that says something fifty times a second is heard by code that V8 would go on
 * interpreting for long, and each of its tuples would wait for that twice. A V8 without such a
 * setting says so on standard error and goes on.
 */
function compileEarly(): void {
  setFlagsFromString('--interrupt-budget=2000');
  setFlagsFromString('--no-lazy-feedback-allocation');
}

const consoleLevels = [
  ['trace', 'TRACE'],
  ['debug', 'DEBUG'],
  ['log', 'INFO'],
  ['info', 'INFO'],
  ['warn', 'WARN'],
  ['error', 'ERROR'],
] as const;

/** What user code says through `console` is the logger of that name; usually all of it is told. */
function heedLevels({ levels }: WorkerLog): void {
  for (const [method, level] of consoleLevels) {
    // biome-ignore lint/suspicious/noConsole: it is the user's, not ours
    const print = console[method].bind(console);
    console[method] = (...words: unknown[]) => {
      if (levels.admits('console', level, 'ALL')) print(...words);
    };
  }
}

async function inspect(requestFile: string): Promise<void> {
  await inspectNative({
    requestFile,
    read: async ({ topologyFile }) => {
      const frame = { name: '', generation: 'storm-0.10', config: StormConf.empty } as const;
      return decodeTopology(await readFile(topologyFile), frame).components;
    },
    load: ({ programFile }) => load(programFile),
  });
  process.exit(0); // whatever the program has begun
}

/** A topology of subprocesses alone brings no program. */
async function componentsOf(
  { processors }: ExecutionPlan,
  programFile: string,
  shells: Components['components'],
): Promise<Components> {
  const hasProgram = processors.some(({ host, shell }) => host === 'native' && shell === null);
  if (!hasProgram) return { components: shells, customGroupings: [], hooks: [] };
  const program = await load(programFile);
  return { ...program, components: new Map([...program.components, ...shells]) };
}

/** What subprocesses say, in the worker's log; its loggers are named after the components. */
function shellLog(log: WorkerLog): ShellLog {
  const say = (level: LogLevel) => (facts: object, message: string) => {
    const [component, task, pid] = Object.values(facts);
    const source = { logger: String(component), thread: `${component}-executor[${task} ${task}]` };
    log.tell(source, level, pid === null ? message : `[${pid}] ${message}`);
  };
  return {
    trace: say('TRACE'),
    debug: say('DEBUG'),
    info: say('INFO'),
    warn: say('WARN'),
    error: say('ERROR'),
  };
}

async function load(programFile: string) {
  return await importProgram(programFile, await readProgramCall(programFile));
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  const text = error instanceof AssignmentError ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(wrongFiles);
}
