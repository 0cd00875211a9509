import { existsSync, readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { WorkerDescription } from '../../../storm-api/index.ts';
import { isAlive } from '../../hosts/index.ts';
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

function only(): WorkerDescription {
  const [worker] = engine.workers(testId);
  if (worker === undefined) throw new Error('no worker');
  return worker;
}

async function start(active = true): Promise<void> {
  engine.start(machine.deployment(), active, machine.observer);
}

async function untilRunning(): Promise<WorkerDescription> {
  await vi.waitFor(() => expect(only().state).toBe('running'), patience);
  return only();
}

/** The control plane dies as by kill -9, as far as its workers can tell; a new one follows it. */
async function replaceEngine(): Promise<void> {
  await engine.close({ keepWorkers: true });
  engine = await machine.engine();
}

it('runs a worker per slot and tells what it reports', async () => {
  engine.start(machine.deployment([6700, 6701]), true, machine.observer);
  await vi.waitFor(() => {
    expect(engine.workers(testId).map(({ state }) => state)).toEqual(['running', 'running']);
    expect(machine.observer.stats).toHaveLength(2);
  }, patience);
  expect(machine.host.launches).toBe(2);
  expect(engine.workers(testId).map(({ port }) => port)).toEqual([6700, 6701]);
}, 30_000);

it('hears nothing of tasks that are not of the plan of the worker that tells of them', async () => {
  machine.host.mode = 'lying';
  await start();
  const { observer } = machine;
  const said = () => observer.errors.map(({ message }) => message);
  await vi.waitFor(() => expect(said()).toContain('the end of it'), patience);
  expect(said()).not.toContain('made up');
  expect(
    observer.stats.flatMap(({ executors }) => executors.map((each) => each.firstTask)),
  ).toEqual([2, 2]);
  expect([observer.lags, observer.subprocessEnds, observer.stuck]).toEqual([[], [], []]);
}, 30_000);

it('starts no worker before what it needs is there', async () => {
  let isReady = () => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  machine.observer.waits.push(ready);
  engine.start(machine.deployment([6700, 6701]), true, machine.observer);
  const states = () => engine.workers(testId).map(({ state }) => state);
  await vi.waitFor(() => expect(states()).toContain('running'), patience); // the one that needs nothing
  expect(machine.host.launches).toBe(1);
  isReady();
  await vi.waitFor(() => expect(states()).toEqual(['running', 'running']), patience);
}, 30_000);

it('stops without a worker whose needs are never met, and starts it no more', async () => {
  machine.observer.waits.push(new Promise(() => {}));
  await start();
  await vi.waitFor(() => expect(machine.observer.waits).toEqual([]), patience); // it was asked for
  await engine.stop(testId, 'the test says so');
  expect(machine.host.launches).toBe(0);
  expect(machine.ledger.history).toEqual([]);
}, 30_000);

it('writes down the intent before the spawn and the process after it', async () => {
  await start();
  await untilRunning();
  expect(machine.ledger.history.map(({ process }) => process?.pid ?? null)).toEqual([
    null,
    only().pid,
  ]);
}, 30_000);

it('tells a worker the wanted state at the start and at every change', async () => {
  await start(false);
  await untilRunning();
  engine.setActive(testId, true);
  await vi.waitFor(
    () =>
      expect(machine.observer.errors.map(({ message }) => message)).toEqual([
        'deactivate',
        'activate',
      ]),
    patience,
  );
}, 30_000);

it('tells a worker its log levels, and the one that comes after it', async () => {
  await start();
  await untilRunning();
  const level = { logger: 'ROOT', level: 'DEBUG', timeoutSecs: 0, untilMs: null } as const;
  engine.setLogLevels(testId, [level]);
  const heard = () => machine.observer.errors.filter(({ message }) => message === 'ROOT=DEBUG');
  await vi.waitFor(() => expect(heard()).toHaveLength(1), patience);
  process.kill(only().pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(heard()).toHaveLength(2), patience);
}, 30_000);

// clause: uncaught-exception
it('starts a crashed worker again and again, later each time, and says why it ended', async () => {
  machine.host.mode = 'crashing';
  await start();
  await vi.waitFor(() => expect(only().restarts).toBeGreaterThanOrEqual(2), patience);
  expect(only().lastExit).toBe('exit code 1 (user code failed): boom in words');
  await vi.waitFor(() => expect(only().state).toBe('backing-off'), patience);
  const incarnations = machine.ledger.history.map(({ incarnation }) => incarnation);
  expect(incarnations.slice(0, 4)).toEqual([1, 1, 2, 2]);
  expect(machine.observer.errors.map(({ message }) => message)).toContain('boom');
}, 30_000);

// clause: worker-returns
it('leaves the other workers alone when one is killed', async () => {
  engine.start(machine.deployment([6700, 6701]), true, machine.observer);
  await vi.waitFor(
    () => expect(engine.workers(testId).every(({ state }) => state === 'running')).toBe(true),
    patience,
  );
  const [first, second] = engine.workers(testId);
  process.kill(first?.pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => {
    const [now] = engine.workers(testId);
    expect(now?.restarts).toBe(1);
    expect(now?.state).toBe('running');
  }, patience);
  expect(engine.workers(testId)[0]?.lastExit).toBe('killed by SIGKILL');
  expect(machine.observer.ends).toEqual(['6700: killed by SIGKILL']);
  expect(engine.workers(testId)[1]?.pid).toBe(second?.pid);
}, 30_000);

it('starts a worker anew at once when asked, however often, and leaves the others alone', async () => {
  engine.start(machine.deployment([6700, 6701]), true, machine.observer);
  for (let times = 1; times <= 3; times++) {
    await vi.waitFor(
      () => expect(engine.workers(testId).every(({ state }) => state === 'running')).toBe(true),
      patience,
    );
    const [first, second] = engine.workers(testId);
    expect(engine.restartWorker(first?.pid ?? 0)).toBe(true);
    await vi.waitFor(() => {
      const [now] = engine.workers(testId);
      expect(now).toMatchObject({ state: 'running', restarts: times });
      expect(now?.pid).not.toBe(first?.pid);
    }, patience);
    expect(engine.workers(testId)[1]).toMatchObject({ pid: second?.pid, restarts: 0 });
  }
  expect(engine.workers(testId)[0]?.lastExit).toBe('it was restarted on request');
  expect(engine.restartWorker(0)).toBe(false);
}, 30_000);

it('adopts the processes that an earlier control plane left running', async () => {
  await start();
  const before = await untilRunning();
  await replaceEngine();
  await start();
  await engine.listen();
  const after = await untilRunning();
  expect(after.pid).toBe(before.pid);
  expect(machine.host.launches).toBe(1);
}, 30_000);

it('finds the process of a spawn that was never written down', async () => {
  await start();
  const { pid } = await untilRunning();
  await replaceEngine();
  const record = machine.ledger.records.get(0);
  if (record === undefined) throw new Error('no record');
  await machine.ledger.put({ ...record, process: null });
  engine = await machine.engine();
  await start();
  await engine.listen();
  expect((await untilRunning()).pid).toBe(pid);
}, 30_000);

it('replaces a process that ended while no control plane was there', async () => {
  await start();
  const { pid } = await untilRunning();
  await replaceEngine();
  process.kill(pid ?? 0, 'SIGKILL');
  await start();
  await engine.listen();
  const after = await untilRunning();
  expect(after.pid).not.toBe(pid);
  expect(machine.ledger.records.get(0)?.incarnation).toBe(2);
}, 30_000);

it('never signals a process that only has the pid of a recorded one', async () => {
  await start();
  const { pid } = await untilRunning();
  await replaceEngine();
  const record = machine.ledger.records.get(0);
  if (record?.process == null) throw new Error('no record');
  const stranger = { ...record.process, pid: process.pid };
  await machine.ledger.put({ ...record, token: 'of-nobody', process: stranger });
  engine = await machine.engine();
  await start();
  await engine.listen();
  expect((await untilRunning()).pid).not.toBe(process.pid);
  // The old worker's token is unknown now: it is refused and ends itself.
  await vi.waitFor(() => expect(() => process.kill(pid ?? 0, 0)).toThrow(), patience);
}, 30_000);

it('asks a worker to stop and leaves nothing of it', async () => {
  await start();
  await untilRunning();
  const record = machine.ledger.records.get(0);
  await engine.stop(testId, 'enough');
  expect(record?.process != null && isAlive(record.process)).toBe(false);
  expect(machine.ledger.records.size).toBe(0);
  expect(readdirSync(join(machine.folder, 'workers'))).toEqual([]);
  expect(engine.workers(testId)).toEqual([]);
}, 30_000);

it.each([
  ['stopped', false],
  ['left alone', true],
])(
  'has nothing planned any more once its workers are %s',
  async (_, keepWorkers) => {
    await start();
    await untilRunning();
    await replaceEngine();
    await start();
    await engine.listen();
    await untilRunning();
    await engine.close({ keepWorkers });
    await vi.waitFor(() => expect(machine.clock.pending).toBe(0), patience);
    if (!keepWorkers) return;
    engine = await machine.engine(); // so that what was left alone ends with the test
    await start();
  },
  30_000,
);

it('starts nothing any more once it is closed', async () => {
  await engine.close({ keepWorkers: false });
  await start();
  expect(engine.workers(testId)).toEqual([]);
  expect(machine.host.launches).toBe(0);
});

it('kills a worker that neither stops when asked nor when told', async () => {
  machine.host.mode = 'deaf';
  await start();
  await untilRunning();
  const record = machine.ledger.records.get(0);
  await engine.stop(testId, 'enough');
  expect(record?.process != null && isAlive(record.process)).toBe(false);
}, 30_000);

it('kills the subprocesses that a dead worker left, whatever group they are in', async () => {
  machine.host.mode = 'parent';
  await start();
  const { pid } = await untilRunning();
  const pids = join(machine.folder, 'workers', machine.ledger.records.get(0)?.token ?? '', 'pids');
  const child = Number(readdirSync(pids)[0]);
  machine.host.mode = 'obedient';
  process.kill(pid ?? 0, 'SIGKILL');
  await vi.waitFor(() => expect(only().restarts).toBe(1), patience);
  await vi.waitFor(() => expect(stateOf(child)).toBe('gone'), patience);
}, 30_000);

it('replaces a worker that never says hello', async () => {
  machine.host.mode = 'mute';
  await start();
  await vi.waitFor(() => expect(only().pid).not.toBeNull(), patience);
  machine.host.mode = 'obedient';
  await vi.waitFor(() => expect(only().restarts).toBe(1), patience);
  expect(only().lastExit).toContain('without a connection to control for 60 s');
  await untilRunning();
}, 30_000);

it('tells what a worker printed that ended before it said hello, and tries again', async () => {
  machine.host.mode = 'faulty';
  await start();
  const said = 'it did not start (exit code 1): no heap for me';
  await vi.waitFor(() => expect(only().lastExit).toBe(said), patience);
  machine.host.mode = 'obedient';
  await untilRunning();
}, 30_000);

it('replaces a worker that says hello and never runs', async () => {
  machine.host.mode = 'stuck';
  await start();
  await vi.waitFor(() => expect(only().pid).not.toBeNull(), patience);
  machine.host.mode = 'obedient';
  await vi.waitFor(() => expect(only().restarts).toBe(1), patience);
  expect(only().lastExit).toContain('its components were not loaded within 60 s');
  await untilRunning();
}, 30_000);

it('replaces a worker that is silent, and leaves one alone that answers', async () => {
  engine.start(machine.deployment([6700, 6701]), true, machine.observer);
  await vi.waitFor(
    () => expect(engine.workers(testId).every(({ state }) => state === 'running')).toBe(true),
    patience,
  );
  const [first, second] = engine.workers(testId);
  process.kill(first?.pid ?? 0, 'SIGSTOP');
  await vi.waitFor(() => expect(engine.workers(testId)[0]?.restarts).toBe(1), patience);
  expect(engine.workers(testId)[0]?.lastExit).toContain('it gave no sign of life for 30 s');
  expect(engine.workers(testId)[1]).toMatchObject({ pid: second?.pid, restarts: 0 });
}, 30_000);

it('says that the program cannot be started, and tries again', async () => {
  machine.host.mode = 'missing';
  await start();
  await vi.waitFor(() => expect(only().lastExit).toContain('/nowhere/java'), patience);
  machine.host.mode = 'obedient';
  await untilRunning();
}, 30_000);

it('refuses a worker of an unknown token', async () => {
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(machine.sockets.controlSocket);
    const hello = {
      type: 'hello',
      wireVersion: 4,
      token: 'unknown',
      stormId: testId,
      workerIndex: 0,
      pid: 1,
      epoch: 0,
      state: 'starting',
    };
    socket.write(`${JSON.stringify(hello)}\n`);
    socket.on('data', (chunk) => resolve(chunk.toString()));
  });
  expect(JSON.parse(answer)).toMatchObject({ type: 'refused' });
});

it('a second control plane on the same folder is refused', async () => {
  const second = await machine.engine();
  await expect(second.listen()).rejects.toThrow('another gearstorm serve');
});

function stateOf(pid: number): 'gone' | 'there' {
  return existsSync(`/proc/${pid}/stat`) && !isZombie(pid) ? 'there' : 'gone';
}

function isZombie(pid: number): boolean {
  const identity = { pid, startTicks: '', bootId: '' };
  return !isAlive(identity) && !existsSync(`/proc/${pid}/exe`);
}

it('gives each of several workers of one slot a log of its own', () => {
  engine.start(machine.deployment([6700, 6700, 6701, 6700]), true, machine.observer);
  expect(engine.workers(testId).map(({ logFile }) => basename(logFile))).toEqual([
    'worker.log',
    'java-worker.log',
    'worker.log',
    'java-worker-2.log',
  ]);
});

it('tells which component keeps the thread of its worker', async () => {
  machine.host.mode = 'endless';
  await start();
  await vi.waitFor(() => expect(machine.observer.stuck).toEqual(['words']), patience);
}, 30_000);
