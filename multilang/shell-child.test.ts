import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { jsonSerializer } from './json-serializer.ts';
import { type ChildListener, ShellChild } from './shell-child.ts';

const listener: ChildListener = {
  onFrame: () => {},
  onTaken: () => {},
  onHeard: () => {},
  isBusy: () => false,
  onErrorLine: () => {},
  onEnd: () => {},
};
/** Copies what it hears line by line, each of them at once. */
const copying = `
import sys
with open("heard", "a") as heard:
    for line in iter(sys.stdin.readline, ""):
        heard.write(line)
        heard.flush()
`;

/** Keeps the thread, so that nothing of this process can happen until it is so, or for long. */
function blockUntil(isSo: () => boolean): void {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; waits < 1_000 && !isSo(); waits++) Atomics.wait(cell, 0, 0, 10);
}

it('the first write for an idle child leaves at once, what follows when we have done with the rest', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'gearstorm-child-'));
  const command = ['python3', '-c', copying];
  const started = { command, environment: {}, cwd, scratchDir: cwd };
  const child = new ShellChild(started, jsonSerializer.newReader(), listener);
  const heard = () => {
    const file = join(cwd, 'heard');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  try {
    child.write('one\n', 'now');
    child.write('two\n', 'now');
    child.write('three\n', 'later');
    blockUntil(() => heard() !== '');
    expect(heard()).toBe('one\n');
    await expect.poll(heard, { timeout: 10_000 }).toBe('one\ntwo\nthree\n');
  } finally {
    await child.stop();
    rmSync(cwd, { recursive: true, force: true });
  }
});
