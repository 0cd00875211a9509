#!/usr/bin/env node
import { compileAndLaunch } from './setup/launch.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the demo of conformance-tests/kafka-demo with our arguments. */
await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { also: ['kafka'] });
  return compileAndLaunch(progress, {
    ...{ title: 'demo', project: 'conformance-tests/kafka-demo', folder: 'kafka-demo' },
    program: 'conformance-tests/kafka-demo/run.js',
  });
});
