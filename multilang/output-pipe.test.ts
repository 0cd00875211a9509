import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OutputPipe } from './output-pipe.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-pipe-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('all that a child writes is read, pauses or not, and then the end is told', async () => {
  let text = '';
  const pipe = new OutputPipe(folder, (piece) => {
    text += piece.toString();
    pipe.pause();
    setImmediate(() => pipe.resume());
  });
  const closed = new Promise<void>((resolve) => pipe.onClosed(resolve));
  const script = 'i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done';
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', pipe.childEnd, 'ignore'] });
  closeSync(pipe.childEnd);
  await Promise.all([closed, once(child, 'exit')]);
  expect(text).toBe(Array.from({ length: 20_000 }, (_, index) => `${index}\n`).join(''));
  expect(pipe.hasEnded).toBe(true);
});

test('the name of a pipe is gone as soon as there is one', () => {
  const pipe = new OutputPipe(folder, () => {});
  expect(readdirSync(folder)).toEqual([]);
  closeSync(pipe.childEnd);
  pipe.destroy();
});

test('a folder that does not exist is no place for a pipe', () => {
  expect(() => new OutputPipe(join(folder, 'none'), () => {})).toThrow('mkfifo');
});
