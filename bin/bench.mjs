#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

/** Set-up, then the comparisons of bench/ with our arguments. */
await runCompiled({
  title: 'bench',
  project: 'bench',
  folder: 'bench',
  program: 'bench/run.js',
});
