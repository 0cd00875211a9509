import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stormId } from '../../../storm-api/index.ts';
import { SocketFolder } from './socket-folder.ts';

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'gs-'));
});
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

function pathOf(folder: SocketFolder): string {
  return join(folder.controlSocket, '..');
}

it('is private and the same every time', () => {
  const folder = SocketFolder.open(temporary, '/local');
  expect(statSync(pathOf(folder)).mode & 0o777).toBe(0o700);
  expect(pathOf(SocketFolder.open(temporary, '/local'))).toBe(pathOf(folder));
  expect(pathOf(SocketFolder.open(temporary, '/other'))).not.toBe(pathOf(folder));
});

it('keeps every path below a hundred bytes however long the temporary folder is', () => {
  const long = join(temporary, 'x'.repeat(120));
  mkdirSync(long);
  const folder = SocketFolder.open(long, '/local');
  try {
    const socket = `${folder.dataSocketPrefix(stormId('n'.repeat(500)))}65535.sock`;
    expect(Buffer.byteLength(socket)).toBeLessThan(100);
  } finally {
    folder.removeIfEmpty();
  }
});

it('refuses a folder that others may enter', () => {
  chmodSync(pathOf(SocketFolder.open(temporary, '/local')), 0o755);
  expect(() => SocketFolder.open(temporary, '/local')).toThrow('not a private folder');
});

it('refuses a symbolic link, even to a private folder of ours', () => {
  const path = pathOf(SocketFolder.open(temporary, '/local'));
  rmSync(path, { recursive: true });
  const elsewhere = join(temporary, 'elsewhere');
  mkdirSync(elsewhere, { mode: 0o700 });
  symlinkSync(elsewhere, path);
  expect(() => SocketFolder.open(temporary, '/local')).toThrow('not a private folder');
});

it('removes the data sockets of one topology only', () => {
  const folder = SocketFolder.open(temporary, '/local');
  writeFileSync(`${folder.dataSocketPrefix(stormId('a-1-1'))}0.sock`, '');
  writeFileSync(`${folder.dataSocketPrefix(stormId('b-2-1'))}0.sock`, '');
  folder.removeDataSockets(stormId('a-1-1'));
  expect(readdirSync(pathOf(folder))).toHaveLength(1);
});
