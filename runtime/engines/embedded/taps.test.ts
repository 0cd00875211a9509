import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { componentId, type PeekedTuple, type WorkerDescription } from '../../../storm-api/index.ts';
import { TestMachine, testId } from './embedded-engine.fixture.ts';
import type { EmbeddedEngine } from './embedded-engine.ts';

const patience = { timeout: 20_000, interval: 20 };

let machine: TestMachine;
let engine: EmbeddedEngine;

beforeEach(async () => {
  machine = new TestMachine();
  engine = await machine.engine();
  await engine.listen();
});

afterEach(async () => {
  await engine.close({ keepWorkers: false });
  machine.remove();
});

/** A topology of one worker; what runs when it resolves. */
async function started(): Promise<WorkerDescription | undefined> {
  engine.start(machine.deployment(), true, machine.observer);
  const only = () => engine.workers(testId)[0];
  await vi.waitFor(() => expect(only()?.state).toBe('running'), patience);
  return only();
}

it('shows what a worker taps and ends the tap that wanted everything when the worker dies', async () => {
  const worker = await started();
  const tuples: PeekedTuple[] = [];
  let missedSum = 0;
  let end = '';
  await engine.peek(
    testId,
    { component: componentId('words'), stream: null, all: true },
    {
      onTuples: (some, missed) => {
        tuples.push(...some);
        missedSum += missed;
      },
      onEnd: (reason) => {
        end = reason;
      },
    },
  );
  await vi.waitFor(
    () => expect(tuples.map(({ values }) => values)).toEqual([['word', 1]]),
    patience,
  );
  expect(missedSum).toBe(3);
  process.kill(worker?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(end).toContain('port 6700'), patience);
}, 30_000);

it.each([
  ['obedient', true],
  ['curt', false],
] as const)(
  'says at the end of its topology whether a tap got everything (%s)',
  async (mode, complete) => {
    machine.host.mode = mode;
    await started();
    const values: unknown[] = [];
    const ends: unknown[] = [];
    const request = { component: componentId('words'), stream: null, all: true };
    await engine.peek(testId, request, {
      onTuples: (some) => values.push(...some.map((tuple) => tuple.values[0])),
      onEnd: (_, all) => ends.push(all),
    });
    await engine.stop(testId, 'enough');
    expect(values).toEqual(['word', 'last']);
    expect(ends).toEqual([complete]);
  },
  30_000,
);

it('a tap that takes what comes goes on with the worker that replaces a dead one', async () => {
  const worker = await started();
  let seen = 0;
  const stop = await engine.peek(
    testId,
    { component: componentId('words'), stream: null, all: false },
    { onTuples: (some) => (seen += some.length), onEnd: () => {} },
  );
  await vi.waitFor(() => expect(seen).toBe(1), patience);
  process.kill(worker?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(seen).toBe(2), patience);
  stop();
}, 30_000);
