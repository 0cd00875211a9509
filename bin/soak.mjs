#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from './setup/command.mjs';
import { build, root } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the soak of conformance-tests/ with our arguments. */
function soak() {
  const program = join(build, 'soak', 'conformance-tests', 'soak', 'run.js');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
}

await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true, also: ['kafka-4'] });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, 'conformance-tests', 'soak', 'tsconfig.json');
  await progress.step('soak (tsc)', () => run(process.execPath, [compiler, '-p', project]));
  return soak();
});
