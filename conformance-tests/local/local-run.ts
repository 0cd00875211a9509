import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type CommandResult, projectRoot, runCommand, waitFor } from '../harness/index.ts';

const sayMs = 90_000;
export const launcher = join(projectRoot, 'bin/gearstorm');

/** How a main that runs its topologies itself ended. */
export interface LocalRun extends CommandResult {
  /** What it printed, without what is logged. */
  readonly lines: readonly string[];
}

const logged = /^\d+ +\[|^\d\d:\d\d|^\s+at |^[\w.$]+(Exception|Error)\b/;

/** A main that was started, in a group of processes of its own, as a terminal has it. */
export class RunningMain {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #said = '';

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#ended = once(child, 'close');
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#said += text;
    });
  }

  /** @param program and its words; everything of it is named by the folder */
  static start(folder: string, [program = '', ...words]: readonly string[]): RunningMain {
    const child = spawn(program, words, {
      cwd: folder,
      env: environmentOf(folder),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    return new RunningMain(child);
  }

  async untilItSays(line: string): Promise<void> {
    await waitFor(line, sayMs, async () => this.#said.includes(line));
  }

  /** To all of the group, as Ctrl-C does, or to the first process alone. Returns when it has ended. */
  async end(signal: NodeJS.Signals, whom: 'group' | 'first'): Promise<void> {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error('it was not started');
    process.kill(whom === 'group' ? -pid : pid, signal);
    await this.#ended;
  }
}

/** Runs `gearstorm` with these words. */
export async function gearstorm(folder: string, ...words: string[]): Promise<LocalRun> {
  return await run(folder, launcher, words);
}

/** Runs a main as a user's build does: Java with a class path, ours first on it. */
export async function java(
  folder: string,
  storm: '0.9' | '0.10',
  jars: readonly string[],
  ...words: string[]
): Promise<LocalRun> {
  return await run(folder, 'java', ['-cp', classPath(storm, jars), ...words]);
}

/** Of a user's build, ours first. */
export function classPath(storm: '0.9' | '0.10', jars: readonly string[]): string {
  return [...libraries(storm), ...jars].join(delimiter);
}

/** Our local clusters, then Storm's libraries. */
export function libraries(storm: '0.9' | '0.10'): readonly string[] {
  const folder = join(projectRoot, 'build', `storm-${storm}`, 'lib');
  const module = storm === '0.10' ? 'local-0.10' : 'local-0x';
  const ours = join(projectRoot, `build/jvm/${module}/${module}-1.jar`);
  return [ours, ...readdirSync(folder).map((name) => join(folder, name))];
}

/** What it leaves behind, would be below the folder. */
function environmentOf(folder: string): NodeJS.ProcessEnv {
  return { ...process.env, TMPDIR: folder, JDK_JAVA_OPTIONS: `-Djava.io.tmpdir=${folder}` };
}

async function run(folder: string, program: string, words: readonly string[]): Promise<LocalRun> {
  const environment = environmentOf(folder);
  const result = await runCommand(program, words, { directory: folder, environment });
  const lines = result.stdout.split('\n').filter((line) => line !== '' && !logged.test(line));
  return { ...result, lines };
}
