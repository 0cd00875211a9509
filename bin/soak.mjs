#!/usr/bin/env node
import { compileAndLaunch } from './setup/launch.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the soak of conformance-tests/ with our arguments. */
await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true, also: ['kafka-4'] });
  return compileAndLaunch(progress, {
    ...{ title: 'soak', project: 'conformance-tests/soak', folder: 'soak' },
    program: 'conformance-tests/soak/run.js',
  });
});
