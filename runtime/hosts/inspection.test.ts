import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Clock, systemClock } from '../clock.ts';
import { wireVersion } from '../wire/index.ts';
import type { ComponentHost } from './component-host.ts';
import { workerMarker } from './detached-process.ts';
import { inspect } from './inspection.ts';
import { findByEnvironment } from './process-identity.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-inspect-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A host whose inspection is this JavaScript; `request` is the inspection request. */
function hostRunning(script: string): ComponentHost {
  return {
    check: async () => {},
    workerCommand: () => ({ program: 'false', args: [], environment: new Map() }),
    inspectionCommand: (_request, requestFile) => ({
      program: process.execPath,
      args: [
        '-e',
        `const fs = require('fs'); const request = JSON.parse(fs.readFileSync('${requestFile}'));
         const report = (components, missingHookClasses = []) =>
           fs.writeFileSync(request.reportFile, JSON.stringify({ components, missingHookClasses }));
         ${script}`,
      ],
      environment: new Map(),
    }),
  };
}

async function inspectWith(script: string, clock: Clock = systemClock) {
  const request = {
    wireVersion,
    generation: 'storm-0.9',
    topologyFile: '/t',
    classPath: [],
    bridgePath: [],
    programFile: '/p',
    shellClasses: [],
    hookClasses: ['acme.Hook'],
  };
  try {
    return await inspect({ host: hostRunning(script), clock, folder, request, marker: folder });
  } finally {
    expect(readdirSync(folder)).toEqual([]);
    expect(findByEnvironment(workerMarker, folder)).toEqual([]);
  }
}

it('tells what it found of a topology whose components load', async () => {
  const found = { id: 'a', className: 'A', problem: null, drpcFunctions: ['reach'] };
  expect(await inspectWith(`report([${JSON.stringify(found)}])`)).toEqual([found]);
});

it('names a hook whose class is not there', async () => {
  await expect(inspectWith('report([], request.hookClasses)')).rejects.toThrow(
    "topology.auto.task.hooks names acme.Hook, which is neither in the topology's jar nor in Storm",
  );
});

it('names every component that does not load, and why', async () => {
  await expect(
    inspectWith(`report([
      { id: 'a', className: null, problem: 'class com.A is missing' },
      { id: 'b', className: 'B', problem: null },
      { id: 'c', className: null, problem: 'class com.C is missing' }])`),
  ).rejects.toThrow('component "a": class com.A is missing; component "c": class com.C is missing');
});

it('quotes the output of a process that ended without a report', async () => {
  await expect(
    inspectWith(`console.error('a static block gave up'); process.exit(7)`),
  ).rejects.toThrow('ended with exit code 7: a static block gave up');
});

it('ends a process that does not, with its subprocesses', async () => {
  const impatient: Clock = {
    now: () => 0,
    after: (delayMs, action) => systemClock.after(delayMs / 100, action),
  };
  await expect(
    inspectWith(
      `require('child_process').spawn('sleep', ['600'], { detached: true }); setInterval(() => {}, 1000)`,
      impatient,
    ),
  ).rejects.toThrow('longer than 60 s');
});
