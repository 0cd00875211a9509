import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidTopologyError } from '../../storm-api/index.ts';
import { unpackLimits, unpackResources } from './unpack-resources.ts';
import { type ZipEntry, zipOf } from './zip.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-unpack-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const defaultLimits = unpackLimits(1 << 30);

async function unpack(entries: readonly ZipEntry[], limits = defaultLimits): Promise<string> {
  const jar = join(folder, 'topology.jar');
  writeFileSync(jar, zipOf(entries));
  const target = join(folder, 'dist', 'resources');
  await unpackResources(jar, target, limits);
  return target;
}

it('unpacks what lies under resources/ and nothing else', async () => {
  const target = await unpack([
    { name: 'Main.class', content: 'x' },
    { name: 'resources/', content: '' },
    { name: 'resources/split.py', content: 'print(1)' },
    { name: 'resources/lib/deep/a.txt', content: 'a' },
  ]);
  expect(readFileSync(join(target, 'split.py'), 'utf8')).toBe('print(1)');
  expect(readFileSync(join(target, 'lib/deep/a.txt'), 'utf8')).toBe('a');
  expect(readdirSync(target).sort()).toEqual(['lib', 'split.py']);
});

it('makes an empty folder for a jar without resources', async () => {
  const target = await unpack([{ name: 'Main.class', content: 'x' }]);
  expect(readdirSync(target)).toEqual([]);
});

it('keeps a program executable, for its owner alone', async () => {
  const target = await unpack([
    { name: 'resources/run.sh', content: '#!/bin/sh', mode: 0o100755 },
    { name: 'resources/data', content: 'd', mode: 0o100666 },
  ]);
  expect(statSync(join(target, 'run.sh')).mode & 0o777).toBe(0o700);
  expect(statSync(join(target, 'data')).mode & 0o777).toBe(0o600);
});

describe('attack 8: a hostile jar is refused', () => {
  it.each([
    'resources/../../escaped',
    '../escaped',
    '/tmp/escaped',
    'resources/a/../../../escaped',
    'resources\\..\\..\\escaped',
    'C:/escaped',
  ])('when an entry is called %s', async (name) => {
    await expect(unpack([{ name, content: 'x' }])).rejects.toThrow(InvalidTopologyError);
    expect(existsSync(join(folder, 'escaped'))).toBe(false);
    expect(existsSync(join(folder, 'dist', 'escaped'))).toBe(false);
  });

  it('when an entry is a symbolic link', async () => {
    const link = { name: 'resources/link', content: '/etc/passwd', mode: 0o120777 };
    await expect(unpack([link])).rejects.toThrow('resources/link is a symbolic link');
  });

  it('when an entry is a bomb', async () => {
    const bomb = { name: 'resources/zeros', content: Buffer.alloc(9 * 1024 * 1024) };
    await expect(unpack([bomb])).rejects.toThrow('resources/zeros unpacks to 9437184 bytes');
  });

  it('when an entry claims to be smaller than it is', async () => {
    const bomb = { name: 'resources/zeros', content: Buffer.alloc(100_000), claimedSize: 10 };
    await expect(unpack([bomb])).rejects.toThrow(InvalidTopologyError);
  });

  it('when all entries together are too much', async () => {
    const limits = unpackLimits(150);
    const entries = [1, 2].map((n) => ({ name: `resources/${n}`, content: Buffer.alloc(100) }));
    await expect(unpack(entries, limits)).rejects.toThrow('more than 150 bytes');
  });

  it('when it has too many entries', async () => {
    const limits = { ...defaultLimits, entriesMax: 2 };
    const entries = [1, 2, 3].map((n) => ({ name: `${n}`, content: '' }));
    await expect(unpack(entries, limits)).rejects.toThrow('more than 2 entries');
  });

  it('when it is no jar at all', async () => {
    const jar = join(folder, 'topology.jar');
    writeFileSync(jar, 'this is not a jar, however long it may be');
    await expect(unpackResources(jar, join(folder, 'out'), defaultLimits)).rejects.toThrow(
      "the topology's jar cannot be read",
    );
  });
});
