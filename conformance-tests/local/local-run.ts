import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type CommandResult, projectRoot, runCommand } from '../harness/index.ts';

/** How a main that runs its topologies itself ended. */
export interface LocalRun extends CommandResult {
  /** What it printed, without what is logged. */
  readonly lines: readonly string[];
}

const logged = /^\d+ +\[|^\d\d:\d\d|^\s+at |^[\w.$]+(Exception|Error)\b/;

/** Runs `gearstorm` with these words. */
export async function gearstorm(folder: string, ...words: string[]): Promise<LocalRun> {
  return await run(folder, join(projectRoot, 'bin/gearstorm'), words);
}

/** Runs a main as a user's build does: Java with a class path, ours first on it. */
export async function java(
  folder: string,
  storm: '0.9' | '0.10',
  jars: readonly string[],
  ...words: string[]
): Promise<LocalRun> {
  const libraries = join(projectRoot, 'build', `storm-${storm}`, 'lib');
  const ours = join(projectRoot, 'build/jvm/local-0x/local-0x-1.jar');
  const theirs = readdirSync(libraries).map((name) => join(libraries, name));
  return await run(folder, 'java', ['-cp', [ours, ...theirs, ...jars].join(delimiter), ...words]);
}

/** What it leaves behind, would be below the folder. */
async function run(folder: string, program: string, words: readonly string[]): Promise<LocalRun> {
  const environment = {
    ...process.env,
    TMPDIR: folder,
    JDK_JAVA_OPTIONS: `-Djava.io.tmpdir=${folder}`,
  };
  const result = await runCommand(program, words, { directory: folder, environment });
  const lines = result.stdout.split('\n').filter((line) => line !== '' && !logged.test(line));
  return { ...result, lines };
}
