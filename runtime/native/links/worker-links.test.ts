// Goal: what crosses between two native workers arrives once, is acked, and is bounded by credit.
// Method: two workers' executors in this process, with real sockets between them.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  basicBolt,
  field,
  type NativeTopology,
  spout,
  TopologyBuilder,
  type Tuple,
} from '../../../storm-api/builder/index.ts';
import { StormConf, stormId } from '../../../storm-api/index.ts';
import { type ExecutionPlan, translate } from '../../../translator/index.ts';
import { systemClock } from '../../clock.ts';
import { wireVersion } from '../../wire/index.ts';
import { NativeRun } from '../native-run.ts';
import { encodeHello, frameTypes, newFrame } from './data-frames.ts';
import { FrameReader } from './frame-reader.ts';
import { WorkerLinks } from './worker-links.ts';

interface Numbered {
  readonly n: number;
}

vi.setConfig({ testTimeout: 30_000 });

let folder: string;
let ends: (() => Promise<void> | void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gs-links-'));
});

afterEach(async () => {
  for (const end of ends) await end();
  ends = [];
  rmSync(folder, { recursive: true });
});

function planOf({ topology }: NativeTopology): ExecutionPlan {
  const id = stormId('linked-1-1');
  return translate({ topology, stormId: id, config: StormConf.empty, slots: [1, 2] }).plan;
}

async function startWorker(program: NativeTopology, worker: number): Promise<NativeRun> {
  const plan = planOf(program);
  const run = new NativeRun({
    ...{ plan, worker, program },
    incarnation: worker + 1,
    clock: systemClock,
    seed: worker + 1,
  });
  const links = new WorkerLinks(run.fabric, {
    ...{ worker, incarnation: worker + 1, stormId: plan.stormId },
    socketPrefix: join(folder, 'w'),
    taskWorkers: new Map(plan.executors.map((each) => [each.firstTask, each.worker])),
    graceMs: 60_000,
    clock: systemClock,
    log: () => {},
  });
  await links.start();
  ends.push(async () => {
    await run.stop();
    links.close();
  });
  return run;
}

/** Spout in worker 1, bolt in worker 0: executors are dealt in the order of their tasks. */
function chain(total: number, execute: (n: number) => Promise<void> | void) {
  const acked = new Set<unknown>();
  const numbers = spout({
    streams: { default: { n: field<number>() } },
    open: (_, collector) => {
      let next = 0;
      return {
        nextTuple: () => {
          if (next < total) collector.emit({ n: next }, { messageId: next++ });
        },
        ack: (id) => void acked.add(id),
      };
    },
  });
  const take = basicBolt({
    streams: {},
    execute: ({ values }: Tuple<Numbered>) => execute(values.n),
  });
  const program = new TopologyBuilder('linked', {
    'topology.workers': 2,
    'topology.message.timeout.secs': 30,
    'gearstorm.mailbox.tuples': 8,
  })
    .setBolt('a', take)
    .setSpout('b', numbers)
    .bolt('a')
    .shuffleGrouping('b')
    .build();
  return { program, acked };
}

it('acks every tuple that another worker has executed, each once', async () => {
  const executed: number[] = [];
  const { program, acked } = chain(5_000, (n) => void executed.push(n));
  for (const worker of [0, 1]) (await startWorker(program, worker)).start();
  await vi.waitUntil(() => acked.size === 5_000, { timeout: 20_000 });
  expect(executed).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
});

it('sends a bolt that is stuck no more than its mailbox holds, and goes on when it is not', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { program, acked } = chain(3_000, () => released);
  const [bolts, spouts] = [await startWorker(program, 0), await startWorker(program, 1)];
  bolts.start();
  spouts.start();
  const isStuck = () => bolts.unfinished.running === 1 && spouts.isIdle && bolts.isIdle;
  await vi.waitUntil(() => isStuck() && bolts.unfinished.queued > 0, { timeout: 20_000 });
  // One of the eight that it was granted is out of its mailbox: too few for a new grant.
  expect(bolts.unfinished.queued).toBe(7);
  release();
  await vi.waitUntil(() => acked.size === 3_000, { timeout: 20_000 });
});

async function answersTo(...frames: readonly Buffer[]): Promise<readonly string[]> {
  const { program } = chain(0, () => {});
  (await startWorker(program, 0)).start();
  const answers: string[] = [];
  const socket: Socket = connect(join(folder, 'w0.sock'));
  const reader = new FrameReader((type, body) => {
    answers.push(type === frameTypes.refused ? `refused: ${body}` : `frame ${type}`);
  });
  socket.on('data', (chunk) => reader.read(chunk));
  for (const frame of frames) socket.write(frame);
  await new Promise((resolve) => socket.once('close', resolve));
  return answers;
}

const hello = {
  wireVersion,
  senderWorker: 1,
  receiverWorker: 0,
  senderIncarnation: 1,
  stormId: 'linked-1-1',
};

it.each([
  [{ stormId: 'other-1-1' }, 'this worker belongs to topology linked-1-1'],
  [{ receiverWorker: 3 }, 'this is worker 0'],
  [{ senderWorker: 9 }, 'no task belongs to worker 9'],
  [{ wireVersion: 99 }, `this worker speaks wire version ${wireVersion}, not 99`],
])('refuses a connection that is not meant for it: %j', async (wrong, reason) => {
  expect(await answersTo(encodeHello({ ...hello, ...wrong }))).toEqual([`refused: ${reason}`]);
});

it.each([
  ['a tuple for a task that was not opened', newFrame(frameTypes.tuples, 18).fill(0, 5)],
  ['a frame that ends too early', newFrame(frameTypes.progress, 3)],
  ['a frame type that does not exist', newFrame(77, 1)],
])('closes the connection over %s', async (_, frame) => {
  expect(await answersTo(encodeHello(hello), frame)).toEqual(['frame 2']);
});
