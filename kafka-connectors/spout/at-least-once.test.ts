import { expect, it } from 'vitest';
import { SpoutRun } from './spout-run.fixture.ts';

it('loses nothing and commits nothing early, whatever fails and whenever it is killed', async () => {
  for (let seed = 1; seed <= 20; seed++) await liveAndDie(seed);
});

/** Lives of one group on two partitions, each ended anywhere. */
async function liveAndDie(seed: number): Promise<void> {
  const random = randomOf(seed);
  let run = new SpoutRun();
  run.kafka.create('in', 2);
  const processed = new Set<string>();
  for (let life = 0; life < 6; life++) {
    for (let n = 0; n < 20; n++) run.kafka.write('in', n % 2, `${life}-${n}`);
    const options = { inFlightMax: 8, commitMs: 50, retry: { initialMs: 10 } };
    run = await new SpoutRun(options, run).start();
    await live(run, random, processed);
  }
  const last = await new SpoutRun({}, run).start();
  await last.pass(1_000);
  const missing = run.kafka.values('in').filter((value) => !processed.has(value));
  expect(missing.filter((value) => !last.values.includes(value))).toEqual([]);
}

/** Acks most of what is emitted, fails some, forgets some. */
async function live(run: SpoutRun, random: () => number, processed: Set<string>): Promise<void> {
  let seen = 0;
  for (let step = 0; step < 15; step++) {
    for (const { value, delivery } of run.emitted.slice(seen)) {
      const luck = random();
      if (luck < 0.6) {
        processed.add(value);
        run.task.ack(delivery);
      } else if (luck < 0.9) run.task.fail(delivery);
      seen += 1;
    }
    await run.pass(20);
    expectNoEarlyCommit(run, processed);
  }
}

function expectNoEarlyCommit(run: SpoutRun, processed: ReadonlySet<string>): void {
  const values = run.kafka.values('in');
  const half = values.length / 2;
  for (const partition of [0, 1]) {
    const until = run.committed(partition) ?? 0;
    const done = values.slice(partition * half, partition * half + until);
    expect(done.filter((value) => !processed.has(value))).toEqual([]);
  }
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
