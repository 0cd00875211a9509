// Goal: serve and its workers do not depend on what a login shell would have set up.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Gearstorm } from '../harness/index.ts';
import { Delivery } from './delivery.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let gearstorm: Gearstorm;

afterEach(() => gearstorm.stop());

it('runs without a home, in an ASCII locale, below a folder in another alphabet, and lets nobody in', async () => {
  const odd = ['HOME=/nowhere', 'LANG=C', 'LC_ALL=C', `PATH=:${process.env['PATH']}::`];
  const umask = ['sh', '-c', 'umask 000; exec "$@"', 'sh'];
  gearstorm = await Gearstorm.prepare({ wrapper: () => [...umask, 'env', ...odd] });
  const local = join(gearstorm.directory, 'gearstörm-заметки');
  await gearstorm.serve({ 'storm.local.dir': local });
  await deliver();
  const names = await readdir(local);
  const modes = await Promise.all(names.map(async (name) => (await stat(join(local, name))).mode));
  expect(names.length).toBeGreaterThan(4);
  expect(names.filter((_, index) => ((modes[index] ?? 0) & 0o077) !== 0)).toEqual([]);
});

async function deliver(): Promise<void> {
  const delivery = await Delivery.start(gearstorm, { name: 'odd', words: ['rate=100'] });
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait('odd');
}
