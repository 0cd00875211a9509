import { expect, it } from 'vitest';
import { MemoryStore } from '../store/index.ts';
import { Leadership } from './leadership.ts';
import { ManualClock, silentLogger } from './topology-manager.fixture.ts';

function setUp() {
  const clock = new ManualClock();
  const store = new MemoryStore(() => clock.now());
  const claim = (owner: string) => Leadership.claim({ store, owner, clock, logger: silentLogger });
  return { clock, store, claim };
}

it('stands by while another leads, and leads with a higher epoch when its lease is over', async () => {
  const { clock, claim } = setUp();
  const first = await claim('one');
  let second: Leadership | null = null;
  void claim('two').then((leadership) => {
    second = leadership;
  });
  await clock.advance(1);
  expect(second).toBeNull();
  await clock.advance(15);
  expect(second).toMatchObject({ epoch: first.epoch + 1 });
});

it('stops standing by when it is told to', async () => {
  const { clock, store, claim } = setUp();
  await claim('one');
  const stop = new AbortController();
  const options = { store, owner: 'two', clock, logger: silentLogger, signal: stop.signal };
  const second = expect(Leadership.claim(options)).rejects.toThrow('stopped while another');
  await clock.advance(1);
  stop.abort();
  await clock.advance(1);
  await second;
});

it('keeps its lease', async () => {
  const { clock, store, claim } = setUp();
  const leadership = await claim('one');
  const losses: string[] = [];
  leadership.keep((reason) => losses.push(reason));
  for (let n = 0; n < 10; n++) await clock.advance(5);
  expect(losses).toEqual([]);
  expect(await store.claim('two', 1)).toBeNull();
  await leadership.release();
  expect(await store.claim('two', 1)).not.toBeNull();
});

it('says once that another has taken over', async () => {
  const { clock, claim } = setUp();
  const leadership = await claim('one');
  const losses: string[] = [];
  leadership.keep((reason) => losses.push(reason));
  await claim('one');
  for (let n = 0; n < 4; n++) await clock.advance(5);
  expect(losses).toEqual(['another control plane has taken over']);
});

it('outlives a store that is away for a moment, not one that is away for the lease', async () => {
  const { clock, store, claim } = setUp();
  const leadership = await claim('one');
  const losses: string[] = [];
  leadership.keep((reason) => losses.push(reason));
  const renew = store.renew.bind(store);
  store.renew = async () => {
    throw new Error('away');
  };
  await clock.advance(5);
  store.renew = renew;
  await clock.advance(5);
  store.renew = async () => {
    throw new Error('away');
  };
  await clock.advance(5);
  await clock.advance(5);
  expect(losses).toEqual([]);
  await clock.advance(5);
  expect(losses).toEqual(['the store could not be reached in time']);
});
