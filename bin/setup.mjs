#!/usr/bin/env node
// Makes a fresh clone ready to run. Plain JavaScript: nothing is installed when it starts.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './setup/lock.mjs';
import { build } from './setup/paths.mjs';
import { Problem } from './setup/problem.mjs';
import { Progress } from './setup/progress.mjs';
import { Stamp } from './setup/stamp.mjs';
import { soakSteps, stepFingerprint, steps, testSteps } from './setup/steps.mjs';
import { checkTools } from './setup/tools.mjs';

/**
 * Brings everything up to date; what is up to date already costs only a look.
 * @param also names of steps that otherwise only tests need
 */
export async function setUp(progress = new Progress(), { forTests = false, also = [] } = {}) {
  const named = [...testSteps, ...soakSteps].filter(({ name }) => also.includes(name));
  const more = new Set([...(forTests ? testSteps : []), ...named]);
  const tools = checkTools();
  await withLock(
    join(build, 'setup.lock'),
    (pid) => progress.note(`another set-up is running (process ${pid}): waiting for it`),
    () => runSteps([...steps, ...more], tools, progress),
  );
}

async function runSteps(wanted, tools, progress) {
  let fresh = 0;
  for (const step of wanted) {
    const stamp = new Stamp(join(build, 'stamps', step.name), step.outputs);
    const inputs = stepFingerprint(step, tools);
    if (stamp.isFresh(inputs)) {
      fresh += 1;
      continue;
    }
    stamp.forget();
    if (await attempt(step, progress)) stamp.remember(inputs);
  }
  if (fresh === wanted.length) progress.note('everything is up to date');
}

/** @returns false when an optional step failed, which ends set-up no more than its absence would */
async function attempt(step, progress) {
  try {
    await progress.step(step.title, () => step.run());
    return true;
  } catch (error) {
    if (!step.isOptional) throw error;
    progress.note(`going on without: ${error.message}`);
    return false;
  }
}

/** Runs a bin/ program's main: a Problem is shown as its sentence, anything else with its stack. */
export async function runProgram(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Problem ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write('Set-up\n');
  await runProgram(() => setUp());
}
