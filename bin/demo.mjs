#!/usr/bin/env node
import { join } from 'node:path';
import { launch } from './setup/launch.mjs';
import { root } from './setup/paths.mjs';
import { runProgram, setUp } from './setup.mjs';

/** Set-up, then `gearstorm demo` with our arguments. */
await runProgram(async () => {
  process.stdout.write('Set-up\n');
  await setUp();
  return launch(join(root, 'bin', 'gearstorm'), ['demo', ...process.argv.slice(2)]);
});
