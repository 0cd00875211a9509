import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { addToZip, zipOf } from './zip-file.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zip-file-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What a reader finds: name and text of each file. */
async function contents(zip: Buffer): Promise<readonly (readonly [string, string])[]> {
  const file = join(folder, 'read.zip');
  await writeFile(file, zip);
  const archive = await openPromise(file, { autoClose: false });
  const found: [string, string][] = [];
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) {
      chunks.push(chunk as Buffer);
    }
    found.push([entry.fileName, Buffer.concat(chunks).toString()]);
  }
  archive.close();
  return found;
}

const entry = (name: string) => ({ name, bytes: Buffer.from(`of ${name}`) });

it('files added to an archive stand beside its own', async () => {
  const zip = addToZip(zipOf([entry('a'), entry('b/c')]), [entry('ü')]);
  expect(await contents(zip)).toEqual(['a', 'b/c', 'ü'].map((name) => [name, `of ${name}`]));
});

it('what is no archive is refused', () => {
  expect(() => addToZip(Buffer.from('text'), [])).toThrow('it is no archive');
  expect(() => addToZip(Buffer.alloc(100), [])).toThrow('it is no archive');
  const shifted = Buffer.concat([Buffer.from('#!/bin/sh\n'), zipOf([entry('a')])]);
  expect(() => addToZip(shifted, [])).toThrow('its files are not where it says');
});
