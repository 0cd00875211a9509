import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';

const control = new TestControl();

afterEach(() => control.remove());

it("a map of other users' blobs to any path copies none and leaves what is there alone", async () => {
  const manager = await control.open();
  const { topology, ...rest } = control.request('greedy');
  const secret = join(control.folder, 'secret');
  writeFileSync(secret, 'not yours');
  const map = {
    [secret]: { localname: '../../../evil' },
    '../../secret': { localname: '/etc/cron.d/evil' },
  };
  const config = StormConf.of({ 'topology.blobstore.map': map });
  await manager.submit({ topology: { ...topology, config }, ...rest });
  const names = readdirSync(control.folder, { recursive: true, encoding: 'utf8' });
  expect(names.filter((name) => name.includes('evil'))).toEqual([]);
  const others = names.map((name) => join(control.folder, name)).filter((file) => file !== secret);
  const copies = others.filter((file) => statSync(file).isFile() && holds(file, 'not yours'));
  expect(copies).toEqual([]);
});

function holds(file: string, text: string): boolean {
  return readFileSync(file, 'utf8').includes(text);
}
