#!/usr/bin/env node
// Everything that must hold: checks, TypeScript tests, Java tests; the last line says how many passed and failed.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { bringChromium } from './setup/chromium.mjs';
import { run } from './setup/command.mjs';
import { build, root } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { bringRedis } from './setup/redis.mjs';
import { bringRuby } from './setup/ruby.mjs';
import { surefireCounts, surefireReports, Tally, vitestCounts } from './setup/tally.mjs';
import { runProgram, setUp } from './setup.mjs';

const tool = (name) => join(root, 'node_modules', '.bin', name);
const checks = [
  ['format and lint (biome)', tool('biome'), ['ci', '--error-on-warnings', '.']],
  ['types (tsc)', tool('tsc'), ['--noEmit']],
  ['types of the page (tsc)', tool('tsc'), ['-p', 'dashboard/page']],
  [
    'import directions (dependency-cruiser)',
    tool('depcruise'),
    [
      'storm-api',
      'translator',
      'runtime',
      'multilang',
      'drpc',
      'kafka-connectors',
      'dashboard',
      'cli',
    ],
  ],
  ['dead exports (knip)', tool('knip'), []],
];
const progress = new Progress();

async function main() {
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true });
  await bringRedis(progress);
  await bringRuby(progress);
  await bringChromium(progress);
  const tally = new Tally();
  process.stdout.write('Checks\n');
  for (const [title, program, args] of checks)
    await check(tally, 'checks', title, () => run(program, args));
  process.stdout.write('TypeScript tests\n');
  await runVitest(tally);
  process.stdout.write('Java tests\n');
  await runMaven(tally);
  process.stdout.write(`${tally}\n`);
  return tally.failed === 0 ? 0 : 1;
}

async function check(tally, suite, title, work) {
  try {
    await progress.step(title, work);
    tally.add(suite, 1, 0);
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    tally.add(suite, 0, 1);
  }
}

async function runVitest(tally) {
  const report = join(build, 'vitest.json');
  rmSync(report, { force: true });
  await new Promise((resolve) => {
    const child = spawn(
      tool('vitest'),
      ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    child.on('close', resolve);
  });
  const { passed, failed } = vitestCounts(report);
  tally.add('typescript', passed, failed);
}

/** Format, Error Prone and compilation of jvm/ count as one check, its tests one by one. */
async function runMaven(tally) {
  const jvm = join(root, 'jvm');
  for (const report of surefireReports(jvm)) rmSync(report);
  await check(tally, 'checks', 'Java format, compilation and tests (Maven)', () =>
    run('mvn', ['-q', '-B', '-f', join(jvm, 'pom.xml'), 'verify']),
  );
  const { passed, failed } = surefireCounts(jvm);
  tally.add('java', passed, failed);
}

await runProgram(main);
