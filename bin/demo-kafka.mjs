#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

/** Set-up, then the demo of conformance-tests/kafka-demo with our arguments. */
await runCompiled({
  title: 'demo',
  project: 'conformance-tests/kafka-demo',
  folder: 'kafka-demo',
  program: 'conformance-tests/kafka-demo/run.js',
  needs: { also: ['kafka'] },
});
