#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

/** Set-up, then the probes of the conformance tests on real Storm. */
await runCompiled({
  title: 'recorder',
  project: 'bench',
  folder: 'bench',
  program: 'bench/record.js',
});
