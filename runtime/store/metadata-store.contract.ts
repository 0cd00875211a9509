import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StaleEpochError } from './errors.ts';
import type { MetadataStore } from './metadata-store.ts';

export interface StoreSetup {
  /** Two control planes' views of one empty store; the same object if it lets in only one. */
  readonly first: MetadataStore;
  readonly second: MetadataStore;
  /** Lets the running lease run out without waiting for it. */
  readonly expireLease: () => Promise<void>;
  readonly tearDown: () => Promise<void>;
}

const leaseMs = 60_000;

/** What every MetadataStore must do. */
export function metadataStoreContract(name: string, setUp: () => Promise<StoreSetup>): void {
  describe(`${name} as a metadata store`, () => {
    let current: StoreSetup;
    beforeEach(async () => {
      current = await setUp();
    });
    afterEach(() => current.tearDown());
    entriesContract(() => current);
    leaseContract(() => current);
    fencingContract(() => current);
  });
}

function entriesContract(setup: () => StoreSetup): void {
  it('gives back what was put, to everybody', async () => {
    const { first, second } = setup();
    const epoch = await claim(first, 'a');
    const text = '{"name":"größe 🦀\\u0000\\n","long":9007199254740993,"double":1.0}';
    await first.put(epoch, 'topology/x', text);
    expect(await first.get('topology/x')).toBe(text);
    expect(await second.get('topology/x')).toBe(text);
    await first.put(epoch, 'topology/x', '');
    expect(await second.get('topology/x')).toBe('');
  });

  it('has null for what is absent or deleted', async () => {
    const { first } = setup();
    const epoch = await claim(first, 'a');
    await first.put(epoch, 'k', 'v');
    await first.delete(epoch, 'k');
    await first.delete(epoch, 'never');
    expect([await first.get('k'), await first.get('never')]).toEqual([null, null]);
  });

  it('takes keys that are special elsewhere for keys', async () => {
    const { first } = setup();
    const epoch = await claim(first, 'a');
    const keys = ['__proto__', 'constructor', 'epoch', 'owner', 'a*', 'a b', 'é', '🦀', ''];
    for (const key of keys) await first.put(epoch, key, `of ${key}`);
    for (const key of keys) expect(await first.get(key)).toBe(`of ${key}`);
    expect([...(await first.list('')).keys()]).toEqual([...keys].sort());
    expect(await first.get('toString')).toBeNull();
  });

  it('lists exactly the keys with the prefix, sorted', async () => {
    const { first, second } = setup();
    const epoch = await claim(first, 'a');
    for (const key of ['t/b', 't/a', 't', 't0', 'T/a', 't/', 's/z', 't/ä']) {
      await first.put(epoch, key, key);
    }
    expect([...(await second.list('t/'))]).toEqual(
      ['t/', 't/a', 't/b', 't/ä'].map((key) => [key, key]),
    );
    expect((await first.list('u')).size).toBe(0);
  });
}

function leaseContract(setup: () => StoreSetup): void {
  it('lets one owner lead until it releases', async () => {
    const { first, second } = setup();
    const epoch = await claim(first, 'a');
    expect(await second.claim('b', leaseMs)).toBeNull();
    await first.release(epoch);
    expect(await claim(second, 'b')).toBeGreaterThan(epoch);
  });

  it('gives the same owner a new epoch at once', async () => {
    const { first, second } = setup();
    const epoch = await claim(first, 'a');
    expect(await claim(first, 'a')).toBeGreaterThan(epoch);
    expect(await second.claim('b', leaseMs)).toBeNull();
  });

  it('lets only one of many who claim at once lead', async () => {
    const { first, second } = setup();
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? first : second).claim(`owner ${index}`, leaseMs),
      ),
    );
    expect(claims.filter((epoch) => epoch !== null)).toHaveLength(1);
  });
}

function fencingContract(setup: () => StoreSetup): void {
  it('refuses whoever was overtaken, and changes nothing', async () => {
    const { first, second, expireLease } = setup();
    const old = await claim(first, 'a');
    await first.put(old, 'k', 'old');
    await expireLease();
    const current = await claim(second, 'b');
    const stale = new StaleEpochError(old, current);
    await expect(first.put(old, 'k', 'late')).rejects.toEqual(stale);
    await expect(first.delete(old, 'k')).rejects.toEqual(stale);
    expect(await first.renew(old, leaseMs)).toBe(false);
    await first.release(old);
    expect(await first.claim('c', leaseMs)).toBeNull();
    expect(await second.get('k')).toBe('old');
    await second.put(current, 'k', 'new');
    expect(await first.get('k')).toBe('new');
  });

  it('lets a late leader go on if nobody claimed meanwhile', async () => {
    const { first, second, expireLease } = setup();
    const epoch = await claim(first, 'a');
    await expireLease();
    await first.put(epoch, 'k', 'v');
    expect(await first.renew(epoch, leaseMs)).toBe(true);
    expect(await second.claim('b', leaseMs)).toBeNull();
  });

  it('refuses lower epochs once a higher one has written', async () => {
    const { first, second, expireLease } = setup();
    const epoch = await claim(first, 'a');
    await second.put(epoch + 5, 'k', 'v');
    await expect(first.put(epoch, 'k', 'late')).rejects.toThrow(StaleEpochError);
    await expireLease();
    expect(await claim(first, 'a')).toBe(epoch + 6);
  });

  it('keeps the last of many writes to one key', async () => {
    const { first, second } = setup();
    const epoch = await claim(first, 'a');
    const numbers = Array.from({ length: 50 }, (_, index) => String(index));
    await Promise.all(numbers.map((each) => first.put(epoch, 'k', each)));
    expect(await second.get('k')).toBe('49');
  });
}

async function claim(store: MetadataStore, owner: string): Promise<number> {
  const epoch = await store.claim(owner, leaseMs);
  if (epoch === null) throw new Error(`${owner} could not claim`);
  return epoch;
}
