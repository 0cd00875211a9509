// Goal: the JDK's tools leave the files that Storm's profiling promises, of a real Java process.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  dumpRecording,
  heapDump,
  startRecording,
  stopRecording,
  threadDump,
} from './java-process.ts';

let folder: string;
let java: ChildProcess;

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'gearstorm-java-')), 'with a blank');
  mkdirSync(folder);
  const program = join(folder, 'Waiting.java');
  writeFileSync(
    program,
    'class Waiting { public static void main(String[] a) throws Exception {' +
      ' System.out.println("up"); System.in.read(); } }',
  );
  java = spawn('java', [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  if (java.stdout !== null) await once(java.stdout, 'data');
}, 60_000);

afterAll(() => {
  java.kill('SIGKILL');
  rmSync(join(folder, '..'), { recursive: true });
});

const pid = () => java.pid ?? 0;
const file = (name: string) => join(folder, name);

it('threads and heap', { timeout: 60_000 }, async () => {
  expect(await threadDump(pid(), process.env)).toContain('"main"');
  await heapDump(pid(), file('heap.bin'), process.env);
  expect(readFileSync(file('heap.bin')).subarray(0, 12).toString()).toBe('JAVA PROFILE');
  await expect(heapDump(pid(), file('none/heap.bin'), process.env)).rejects.toThrow(
    `Process ${pid()} wrote nothing`,
  );
});

it('a recording, while it goes on and when it ends', { timeout: 60_000 }, async () => {
  const stop = () => stopRecording(pid(), process.env);
  await expect(stop()).rejects.toThrow('Could not stop recording');
  await startRecording(pid(), { file: file('all.jfr'), minutes: 5 }, process.env);
  await dumpRecording(pid(), file('now.jfr'), process.env);
  await stop();
  for (const name of ['now.jfr', 'all.jfr']) {
    expect(readFileSync(file(name)).subarray(0, 3).toString()).toBe('FLR');
    expect(statSync(file(name)).size).toBeGreaterThan(1000);
  }
  await expect(stop()).rejects.toThrow('Could not stop recording');
});

it('of what is no Java process is refused in a sentence', async () => {
  await expect(heapDump(process.pid, file('node.bin'), process.env)).rejects.toThrow(
    `Process ${process.pid} cannot be looked into: it is no Java process`,
  );
});
