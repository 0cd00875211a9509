#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './setup/paths.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then `gearstorm demo` with our arguments. */
function demo() {
  const child = spawn(
    process.execPath,
    [join(root, 'bin', 'gearstorm'), 'demo', ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  // Ctrl-C reaches the whole foreground group: the demo ends itself, and we wait for it.
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
}

await runProgram(async () => {
  process.stdout.write('Set-up\n');
  await setUp();
  return demo();
});
