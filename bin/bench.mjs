#!/usr/bin/env node
import { compileAndLaunch } from './setup/launch.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the comparisons of bench/ with our arguments. */
await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true });
  return compileAndLaunch(progress, {
    title: 'bench',
    project: 'bench',
    folder: 'bench',
    program: 'bench/run.js',
  });
});
