import { join } from 'node:path';
import { mustRun, projectRoot } from '../harness/index.ts';

export type ClientRelease = '0.9.7' | '0.10.2';

export interface Call {
  readonly function: string;
  readonly args: string;
}

/** How a call ended: with a result, with Storm's DRPCExecutionException, or with anything else. */
export interface Outcome {
  readonly kind: 'result' | 'refused' | 'broken';
  readonly text: string;
}

const folders = { '0.9.7': 'storm-0.9', '0.10.2': 'storm-0.10' } as const;
const program = join(import.meta.dirname, 'DrpcCalls.java');

/** Storm's own DRPC client, in a JVM of its own for each use. */
export class JavaCaller {
  readonly #release: ClientRelease;
  readonly #port: number;

  constructor(release: ClientRelease, port: number) {
    this.#release = release;
    this.#port = port;
  }

  /** Calls one after the other. */
  async call(calls: readonly Call[]): Promise<readonly Outcome[]> {
    const words = calls.flatMap((each) => [each.function, encodeURIComponent(each.args)]);
    const lines = await this.#run('calls', ...words);
    return lines.flatMap((line) => {
      const found = /^(result|refused|broken) (.*)$/.exec(line);
      if (found === null) return [];
      const text = decodeURIComponent((found[2] ?? '').replaceAll('+', ' '));
      return [{ kind: found[1] as Outcome['kind'], text }];
    });
  }

  /** Many callers at a time; says what became of their calls, of which one in a hundred fails. */
  async load(name: string, callers: number, calls: number): Promise<string> {
    const lines = await this.#run('load', name, String(callers), String(calls));
    return lines.find((line) => line.startsWith('counted ')) ?? lines.join('\n');
  }

  async #run(...words: readonly string[]): Promise<readonly string[]> {
    const classPath = join(projectRoot, 'build', folders[this.#release], 'lib', '*');
    const output = await mustRun(
      'java',
      ['-cp', classPath, program, '127.0.0.1', String(this.#port), ...words],
      { timeoutMs: 150_000 },
    );
    return output.split('\n');
  }
}
