import { expect, it } from 'vitest';
import { parseWorkerFrame } from './control-frames.ts';
import { WireError } from './errors.ts';

const hello = {
  type: 'hello',
  wireVersion: 4,
  token: 't',
  stormId: 's',
  workerIndex: 0,
  pid: 7,
  epoch: 1,
  state: 'starting',
};
const stats = {
  component: 'c',
  firstTask: 1,
  lastTask: 1,
  uptimeMs: 1,
  emitted: [{ stream: 'default', count: 1 }],
  transferred: [],
  acked: [{ source: 'c', stream: 'default', count: 1, totalMs: 0.5, sampled: 1 }],
  failed: [],
  executed: [],
  timedOut: { trees: 3, followed: 2, holders: [{ component: 'sink', tuples: 2 }] },
  ...{ executeLatency: [3, 1], ackLatency: [], queueLatency: [], busyMs: 1, backpressuredMs: 0 },
  queue: { tuples: 1, tuplesMax: 8, bytes: null },
};

it.each([
  hello,
  { type: 'running' },
  { type: 'stats', executors: [stats] },
  {
    ...{ type: 'lag', component: 'in', task: 2, timeMs: 1_700_000_000_000 },
    partitions: [{ topic: 'orders', partition: 0, lag: 3, endOffset: 9, doneOffset: 6 }],
  },
  { type: 'subprocess-ended', component: 'c', task: 2 },
  { type: 'error', component: 'c', task: null, timeMs: 1, message: 'm' },
  { type: 'stuck', component: 'c', task: 2 },
  { type: 'peek-started', id: 1 },
  {
    type: 'peek-tuples',
    id: 1,
    missed: 0,
    tuples: [{ task: 1, stream: 's', timeMs: 1, values: [null] }],
  },
  { type: 'exiting', reason: 'r' },
])('a well-formed $type frame is taken', (frame) => {
  expect(parseWorkerFrame(JSON.stringify(frame))).toEqual(frame);
});

it('a frame of an unknown type is ignored', () => {
  expect(parseWorkerFrame('{"type":"toString"}')).toBeNull();
});

it.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['no type', '{}'],
  ['a hello without a token', JSON.stringify({ ...hello, token: undefined })],
  ['a hello with a token that is no text', JSON.stringify({ ...hello, token: 5 })],
  ['an unknown state', JSON.stringify({ ...hello, state: 'dancing' })],
  ['stats whose counts are text', '{"type":"stats","executors":[{"component":"c"}]}'],
  [
    'a task that is no number',
    '{"type":"error","component":"c","task":"1","timeMs":1,"message":""}',
  ],
])('%s is refused', (_, line) => {
  expect(() => parseWorkerFrame(line)).toThrow(WireError);
});
