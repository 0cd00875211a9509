#!/usr/bin/env node
import { compileAndLaunch } from './setup/launch.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the pictures of the page for docs/, of topologies that run meanwhile. */
await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true });
  return compileAndLaunch(progress, {
    ...{ title: 'pictures', project: 'conformance-tests/pictures', folder: 'pictures' },
    program: 'conformance-tests/pictures/run.js',
  });
});
