import { WireError } from './errors.ts';
import type { ControlFrame, WorkerFrame } from './frames.ts';

type Check = (value: unknown) => boolean;
interface JsonObject {
  readonly type?: unknown;
  readonly [name: string]: unknown;
}
type Shape = Readonly<Record<string, Check>>;

const text: Check = (value) => typeof value === 'string';
const whole: Check = (value) => Number.isSafeInteger(value);
const amount: Check = (value) => typeof value === 'number' && Number.isFinite(value);
const flag: Check = (value) => typeof value === 'boolean';
const list: Check = (value) => Array.isArray(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);
const record = (shape: Shape): Check => {
  const checks = Object.entries(shape);
  return (value) => {
    if (!isObject(value)) return false;
    for (const [name, check] of checks) if (!check(value[name])) return false;
    return true;
  };
};
const listOf =
  (check: Check): Check =>
  (value) => {
    if (!Array.isArray(value)) return false;
    for (const each of value) if (!check(each)) return false;
    return true;
  };
/** Of histograms: as `listOf(whole)`, without a call for each of their many numbers. */
const wholes: Check = (value) => {
  if (!Array.isArray(value)) return false;
  for (const each of value) if (!Number.isSafeInteger(each)) return false;
  return true;
};

const streamCounts = listOf(record({ stream: text, count: whole }));
const inputCounts = listOf(
  record({ source: text, stream: text, count: whole, totalMs: amount, sampled: amount }),
);

const timedOutTrees = record({
  trees: whole,
  followed: whole,
  holders: listOf(record({ component: text, tuples: whole })),
});

const queue = record({ tuples: whole, tuplesMax: whole, bytes: orNull(whole) });

const partitionProgress = record({
  topic: text,
  partition: whole,
  lag: whole,
  endOffset: whole,
  doneOffset: whole,
});

/** One shape per frame type a worker may send; a frame of another type is ignored. */
const workerShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  [
    'hello',
    {
      wireVersion: whole,
      token: text,
      stormId: text,
      workerIndex: whole,
      pid: whole,
      epoch: whole,
      state: oneOf('starting', 'running'),
    },
  ],
  ['running', {}],
  ['pong', {}],
  [
    'stats',
    {
      executors: listOf(
        record({
          component: text,
          firstTask: whole,
          lastTask: whole,
          uptimeMs: amount,
          emitted: streamCounts,
          transferred: streamCounts,
          acked: inputCounts,
          failed: inputCounts,
          executed: inputCounts,
          timedOut: orNull(timedOutTrees),
          executeLatency: wholes,
          ackLatency: wholes,
          queueLatency: wholes,
          busyMs: amount,
          backpressuredMs: amount,
          queue: orNull(queue),
        }),
      ),
    },
  ],
  ['lag', { component: text, task: whole, timeMs: amount, partitions: listOf(partitionProgress) }],
  ['subprocess-ended', { component: text, task: whole }],
  ['error', { component: text, task: orNull(whole), timeMs: amount, message: text }],
  ['stuck', { component: text, task: whole }],
  ['peek-started', { id: whole }],
  [
    'peek-tuples',
    {
      id: whole,
      tuples: listOf(record({ task: whole, stream: text, timeMs: amount, values: list })),
      missed: whole,
    },
  ],
  ['drpc-fetch', { function: text }],
  ['drpc-result', { id: text, result: text, more: flag }],
  ['drpc-fail', { id: text, reason: orNull(text) }],
  ['drpc-withdraw', { function: text }],
  ['drpc-return', { id: text, args: text, more: flag }],
  ['profile', { text, more: flag }],
  ['profile-failed', { reason: text }],
  ['exiting', { reason: text }],
]);

/**
 * A worker's line as a checked frame; null when its type is one we do not know.
 * @throws WireError when the line is no frame or lacks a field of its type.
 */
export function parseWorkerFrame(line: string): WorkerFrame | null {
  return parse(line, workerShapes) as WorkerFrame | null;
}

const controlShapes: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['welcome', { epoch: whole }],
  ['refused', { reason: text }],
  ['activate', {}],
  ['deactivate', {}],
  ['credentials', {}],
  ['log-levels', { levels: listOf(record({ logger: text, level: text, untilMs: orNull(whole) })) }],
  ['ping', {}],
  ['stop', { reason: text }],
  ['peek-start', { id: whole, component: text, stream: orNull(text), all: flag }],
  ['peek-stop', { id: whole }],
  ['profile-start', { ms: whole }],
  ['drpc', { host: text, port: whole }],
  ['drpc-request', { function: text, id: text, args: text, more: flag }],
  ['drpc-refused', { function: text, reason: text }],
]);

/**
 * Control's line as a checked frame; null when its type is one we do not know.
 * @throws WireError as `parseWorkerFrame` does
 */
export function parseControlFrame(line: string): ControlFrame | null {
  return parse(line, controlShapes) as ControlFrame | null;
}

function parse(line: string, shapes: ReadonlyMap<string, Shape>): JsonObject | null {
  const frame = parseJson(line);
  if (!isObject(frame) || typeof frame.type !== 'string') {
    throw new WireError('a control line is not an object with a type');
  }
  const shape = shapes.get(frame.type);
  if (shape === undefined) return null;
  for (const [name, check] of Object.entries(shape)) {
    if (!check(frame[name])) throw new WireError(`a ${frame.type} frame has no valid ${name}`);
  }
  return frame;
}

/** The frame as the bytes of one line. */
export function encodeFrame(frame: ControlFrame | WorkerFrame): string {
  return `${JSON.stringify(frame)}\n`;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new WireError('a control line is not JSON', { cause });
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
