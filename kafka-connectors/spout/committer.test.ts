import { expect, it } from 'vitest';
import { SimulatedClock } from '../../runtime/native/index.ts';
import { MemoryKafka } from '../memory-kafka.fixture.ts';
import { Committer } from './committer.ts';
import { Complaints } from './complaints.ts';
import { PartitionWindow } from './partition-window.ts';

it('commits what is done in a new log, though a commit of the old one ended after it had begun', async () => {
  const clock = new SimulatedClock();
  const committed: number[] = [];
  let answer = () => {};
  const reader = {
    ...new MemoryKafka(clock).reader(),
    commit: (_: string, offsets: readonly { readonly offset: number }[]) => {
      committed.push(...offsets.map(({ offset }) => offset));
      return new Promise<void>((resolve) => {
        answer = resolve;
      });
    },
  };
  const complaints = new Complaints(clock, () => {});
  const options = { group: 'g', metadata: '', everyMs: 1_000, uncommittedMax: 100 };
  const committer = new Committer({ reader, clock, complaints }, { ...options, onCommitted() {} });
  const window = new PartitionWindow({ topic: 'in', partition: 0 }, 1, 0);
  committer.watch([window]);
  work(window, 5);
  const first = committer.commit();
  await Promise.resolve();
  window.seek(0);
  answer();
  await first;
  work(window, 2);
  const second = committer.commit();
  await Promise.resolve();
  answer();
  await second;
  expect(committed).toEqual([5, 2]);
  expect(window.unsaid).toBe(0);
  committer.close();
});

/** Takes so many messages more and finishes them. */
function work(window: PartitionWindow, count: number): void {
  const { topic, partition, fetchOffset } = window;
  const records = Array.from({ length: count }, (_, index) => ({
    ...{ offset: fetchOffset + index, key: null, value: null, headers: [], timestampMs: 0 },
  }));
  const nextOffset = fetchOffset + count;
  window.add({ topic, partition, records, nextOffset, endOffset: nextOffset, problem: null });
  for (let taken = window.take(); taken !== null; taken = window.take()) window.finish(taken);
}
