// Goal: serve and its workers do not depend on what a login shell would have set up.
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { Gearstorm } from '../harness/index.ts';
import { Delivery } from './delivery.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

let gearstorm: Gearstorm;

afterEach(() => gearstorm.stop());

it('runs without a home, with an ASCII locale, below a folder with another alphabet', async () => {
  const odd = ['HOME=/nowhere', 'LANG=C', 'LC_ALL=C', `PATH=:${process.env['PATH']}::`];
  gearstorm = await Gearstorm.prepare({ wrapper: () => ['env', ...odd] });
  await gearstorm.serve({ 'storm.local.dir': join(gearstorm.directory, 'gearstörm-заметки') });
  await deliver();
});

it('lets nobody else read what it and user code write, whatever the umask is', async () => {
  const wrapper = () => ['sh', '-c', 'umask 000; exec "$@"', 'sh'];
  gearstorm = await Gearstorm.start({ wrapper });
  await deliver();
  const names = await readdir(gearstorm.localDirectory);
  const open = [];
  for (const name of names) {
    const { mode } = await stat(join(gearstorm.localDirectory, name));
    if ((mode & 0o077) !== 0) open.push(name);
  }
  expect(names.length).toBeGreaterThan(4);
  expect(open).toEqual([]);
});

async function deliver(): Promise<void> {
  const delivery = await Delivery.start(gearstorm, { name: 'odd', words: ['rate=100'] });
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait('odd');
}
