import { availableParallelism, getPriority } from 'node:os';
import type { StormConf } from '../../storm-api/index.ts';
import type { WorkerAssignment } from '../wire/index.ts';
import type { WorkerLaunch } from './component-host.ts';

/** Packages that Kryo 2.21 and the libraries of its time reach into by reflection. */
const openedPackages: readonly string[] = [
  'java.lang',
  'java.lang.invoke',
  'java.lang.reflect',
  'java.math',
  'java.net',
  'java.nio',
  'java.text',
  'java.time',
  'java.util',
  'java.util.concurrent',
  'java.util.concurrent.atomic',
  'java.util.regex',
];

const executorsPerCompilerThread = 8;

/** Of the compiler's threads: each then weighs as much as 28 of the executors'. */
const compilerNiceness = -15;

/**
 * Executors hand tuples over in rings, which are old objects close to each other: a mark in the
 * collector's card table for each tuple would make all processors write the same few cache lines.
 */
const conditionalCardMarks = '-XX:+UseCondCardMark';

/**
 * The options of a topology are as old as its jar: flags of collectors that are gone, and the
 * permanent generation's, would stop the JVM.
 */
const oldOptions = '-XX:+IgnoreUnrecognizedVMOptions';

/** For every JVM in which values may go through Kryo. */
export const openPackageOptions: readonly string[] = openedPackages.map(
  (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
);

/** Short-lived and small: the quick compiler and the collector that needs no threads of its own. */
export const inspectionOptions: readonly string[] = [
  ...openPackageOptions,
  '-Xmx512m',
  '-Xss4m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  // Its output is quoted when it fails: the JVM's remarks on our own class loader are no reason.
  '-XX:-PrintWarnings',
];

/**
 * JVM options of a worker: ours, then worker.childopts, then topology.worker.childopts, so that
 * the JVM, which takes the last of two, lets the user win.
 */
export function workerOptions({
  config,
  assignment,
  executors,
}: Omit<WorkerLaunch, 'assignmentFile'>): readonly string[] {
  const users = ['worker.childopts', 'topology.worker.childopts'].flatMap((key) =>
    childOptions(config, key).map((option) => fillPlaceholders(option, assignment)),
  );
  return [
    ...openPackageOptions,
    ...defaultHeap(users),
    ...defaultCollector(users),
    ...compilerThreads(executors),
    ...compilerFirst(),
    conditionalCardMarks,
    oldOptions,
    `-Djava.library.path=${libraryPath(config, assignment)}`,
    `-Dstorm.id=${assignment.stormId}`,
    `-Dworker.id=${assignment.token}`,
    `-Dworker.port=${assignment.port}`,
    ...users,
  ];
}

function defaultHeap(users: readonly string[]): readonly string[] {
  return users.some((option) => /^-(Xmx|XX:Max(Heap|RAM))/.test(option)) ? [] : ['-Xmx768m'];
}

/**
 * Workers are small heaps under much short-lived garbage: the parallel collector takes no cycles
 * beside the executors, as G1 does, and all start within milliseconds of each other. Two collectors
 * on one command line would stop the JVM, so a user's choice stands alone.
 */
function defaultCollector(users: readonly string[]): readonly string[] {
  return users.some((option) => /^-XX:\+Use\w+GC$/.test(option)) ? [] : ['-XX:+UseParallelGC'];
}

/**
 * To the operating system the JVM's compiler is one more thread beside the executors': when they
 * are many and busy it hardly runs, and their code stays uncompiled for minutes. So its threads
 * grow with theirs. The JVM starts them as its queue fills and ends those it does not need.
 */
function compilerThreads(executors: number): readonly string[] {
  const threads = Math.ceil(executors / executorsPerCompilerThread);
  return threads > availableParallelism() ? [`-XX:CICompilerCount=${threads}`] : [];
}

/**
 * More threads are only more turns: root may have the compiler run whenever it has work. The JVM
 * then sets every thread's niceness itself, Java's normal priority being 0, so the worker of a
 * `serve` that was started with another niceness keeps that instead. Others than root would only
 * get a warning.
 */
function compilerFirst(): readonly string[] {
  const mayRaise = process.getuid?.() === 0 && getPriority() === 0;
  return mayRaise
    ? ['-XX:ThreadPriorityPolicy=1', `-XX:CompilerThreadPriority=${compilerNiceness}`]
    : [];
}

/** Storm takes one string, cut at blanks, or a list. */
function childOptions(config: StormConf, key: string): readonly string[] {
  const value = config.get(key);
  const parts = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/\s+/);
  return parts.filter((part) => part !== '');
}

/** The names that Storm's supervisor replaces; `%ID%` is its old word for the port. */
function fillPlaceholders(option: string, assignment: WorkerAssignment): string {
  return option
    .replaceAll('%ID%', String(assignment.port))
    .replaceAll('%WORKER-ID%', assignment.token)
    .replaceAll('%TOPOLOGY-ID%', assignment.stormId)
    .replaceAll('%WORKER-PORT%', String(assignment.port));
}

/** As Storm's: native libraries may come in the jar's resources/, also by platform. */
function libraryPath(config: StormConf, assignment: WorkerAssignment): string {
  const platform = `Linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const own = [`${assignment.codeDir}/${platform}`, assignment.codeDir];
  return [...own, config.string('java.library.path') ?? ''].filter((part) => part !== '').join(':');
}
