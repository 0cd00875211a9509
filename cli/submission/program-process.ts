import { type ChildProcess, spawn } from 'node:child_process';
import { StringDecoder } from 'node:string_decoder';
import { killByEnvironment } from '../../runtime/hosts/index.ts';

/** In the environment of a program and of whatever it starts, so that another serve finds them. */
const programMarker = 'GEARSTORM_PAGE_PROGRAM';
const timeMaxMs = 10 * 60_000;
const endAfterMs = 3000;

export interface ProgramProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** By which `endLeftPrograms` knows it. */
  readonly marker: string;
  readonly onOutput: (text: string) => void;
  /** @param problem one sentence; null when it ended with 0 */
  readonly onEnd: (code: number | null, problem: string | null) => void;
}

/** Ends the programs of this marker that outlived the serve which ran them. */
export function endLeftPrograms(marker: string): void {
  killByEnvironment(programMarker, marker);
}

/** A user's program in a process group of its own, so that what it starts ends with it. */
export class ProgramProcess {
  readonly #options: ProgramProcessOptions;
  readonly #child: ChildProcess;
  readonly #timer: NodeJS.Timeout;
  /** Resolves when its first process is gone. */
  readonly ended: Promise<void>;
  #reason: string | null = null;
  #isOver = false;

  constructor(options: ProgramProcessOptions) {
    this.#options = options;
    const { program, args, directory: cwd, environment, marker } = options;
    const env = { ...environment, [programMarker]: marker };
    const stdio = ['ignore', 'pipe', 'pipe'] as const;
    this.#child = spawn(program, args, { cwd, env, stdio: [...stdio], detached: true });
    this.ended = new Promise((resolve) => {
      this.#child.once('exit', () => resolve()).once('error', () => resolve());
    });
    this.#timer = setTimeout(() => this.end('it took more than ten minutes'), timeMaxMs);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      const decoder = new StringDecoder('utf8');
      stream?.on('data', (bytes: Buffer) => options.onOutput(decoder.write(bytes)));
    }
    this.#child.on('error', (error) => this.#over(null, `it cannot be started: ${error.message}`));
    this.#child.on('close', (code, signal) => this.#over(code, problemOf(code, signal)));
  }

  /** @param reason why, for its user */
  end(reason: string): void {
    if (this.#isOver) return;
    this.#reason ??= reason;
    this.#signal('SIGTERM');
    setTimeout(() => this.#signal('SIGKILL'), endAfterMs);
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined || this.#isOver) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // the whole group has ended
    }
  }

  #over(code: number | null, problem: string | null): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const { onEnd } = this.#options;
    if (this.#reason !== null) onEnd(null, `It was ended: ${this.#reason}.`);
    else onEnd(code, problem);
  }
}

function problemOf(code: number | null, signal: NodeJS.Signals | null): string | null {
  if (code === 0) return null;
  if (code === null) return `It was ended by ${signal}.`;
  return `Its main ended with exit code ${code}; its output says why.`;
}
