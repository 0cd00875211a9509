#!/usr/bin/env node
import { compileAndLaunch } from './setup/launch.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the probes of the conformance tests on real Storm. */
await runProgram(async () => {
  const progress = new Progress();
  await setUp(progress, { forTests: true });
  return compileAndLaunch(progress, {
    ...{ title: 'recorder', project: 'bench', folder: 'bench', program: 'bench/record.js' },
  });
});
