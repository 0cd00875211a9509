#!/usr/bin/env node
import { runCompiled } from './compiled.mjs';

/** Set-up, then the pictures of the page for docs/, of topologies that run meanwhile. */
await runCompiled({
  title: 'pictures',
  project: 'conformance-tests/pictures',
  folder: 'pictures',
  program: 'conformance-tests/pictures/run.js',
});
