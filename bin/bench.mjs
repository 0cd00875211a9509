#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from './setup/command.mjs';
import { build, root } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then the comparisons of bench/ with our arguments. */
function bench() {
  const program = join(build, 'bench', 'bench', 'run.js');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
}

await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { forTests: true });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, 'bench', 'tsconfig.json');
  await progress.step('bench (tsc)', () => run(process.execPath, [compiler, '-p', project]));
  return bench();
});
