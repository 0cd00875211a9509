import { expect, it } from 'vitest';
import { SimulatedClock } from '../../runtime/native/index.ts';
import type { Fetched, FetchPlace } from '../driver/kafka-driver.ts';
import { MemoryKafka } from '../memory-kafka.fixture.ts';
import { Complaints } from './complaints.ts';
import { Fetcher } from './fetcher.ts';
import { PartitionWindow } from './partition-window.ts';

interface Asked {
  readonly leader: number;
  readonly places: readonly FetchPlace[];
  answer(fetched: readonly Fetched[]): void;
}

/** A fetcher whose requests are answered by hand. */
function start(windows: readonly PartitionWindow[]) {
  const clock = new SimulatedClock();
  const asked: Asked[] = [];
  const reader = {
    ...new MemoryKafka(clock).reader(),
    fetch: (leader: number, places: readonly FetchPlace[]) =>
      new Promise<readonly Fetched[]>((answer) => asked.push({ leader, places, answer })),
  };
  const outcome = { onRecords: () => {}, onProblem: () => {}, onMoved: () => {} };
  const complaints = new Complaints(clock, () => {});
  const fetcher = new Fetcher({ reader, clock, complaints }, outcome, 1_000);
  fetcher.read(windows);
  return { asked, fetcher };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));
const windowOf = (partition: number, leader: number) =>
  new PartitionWindow({ topic: 'in', partition }, leader, 0);

it('asks each broker once at a time, for all partitions that it leads', async () => {
  const { asked } = start([windowOf(0, 1), windowOf(1, 2), windowOf(2, 1)]);
  expect(asked.map(({ leader, places }) => [leader, places.length])).toEqual([
    [1, 2],
    [2, 1],
  ]);
});

it('does not ask a new leader for what the old one may still answer', async () => {
  const window = windowOf(0, 1);
  const { asked, fetcher } = start([window]);
  window.leader = 2;
  fetcher.read([window]);
  expect(asked).toHaveLength(1);
  asked[0]?.answer([]);
  await settled();
  expect(asked.map(({ leader }) => leader)).toEqual([1, 2]);
});

it('leaves out a partition that holds enough, until there is room', async () => {
  const [full, other] = [windowOf(0, 1), windowOf(1, 1)];
  const { asked } = start([full, other]);
  const records = [
    { offset: 0, timestampMs: 0, key: null, value: Buffer.alloc(5_000), headers: [] },
  ];
  const fetched = { topic: 'in', partition: 0, nextOffset: 1, endOffset: 9, problem: null };
  asked[0]?.answer([{ ...fetched, records }]);
  await settled();
  expect(asked[1]?.places.map(({ partition }) => partition)).toEqual([1]);
  full.take();
  asked[1]?.answer([]);
  await settled();
  expect(asked[2]?.places.map(({ partition }) => partition).sort()).toEqual([0, 1]);
});
