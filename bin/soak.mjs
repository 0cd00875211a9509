#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

/** Set-up, then the soak of conformance-tests/ with our arguments. */
await runCompiled({
  title: 'soak',
  project: 'conformance-tests/soak',
  folder: 'soak',
  program: 'conformance-tests/soak/run.js',
  needs: { forTests: true, also: ['kafka-4'] },
});
