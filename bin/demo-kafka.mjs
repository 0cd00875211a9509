#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from './setup/command.mjs';
import { build, root } from './setup/paths.mjs';
import { Progress } from './setup/progress.mjs';
import { runProgram, setUp } from './setup.mjs';

/** The demo of conformance-tests/kafka-demo with our arguments. */
function demo() {
  const program = join(build, 'kafka-demo', 'conformance-tests', 'kafka-demo', 'run.js');
  const child = spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the whole foreground group: the demo ends itself, and we wait for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
}

await runProgram(async () => {
  const progress = new Progress();
  process.stdout.write('Set-up\n');
  await setUp(progress, { also: ['kafka'] });
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, 'conformance-tests', 'kafka-demo', 'tsconfig.json');
  await progress.step('demo (tsc)', () => run(process.execPath, [compiler, '-p', project]));
  return demo();
});
