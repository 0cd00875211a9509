import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, projectRoot } from '../harness/index.ts';

export type ClientRelease = '0.9.7' | '0.10.2' | '1.2.4' | '2.8.3';

export interface Call {
  readonly function: string;
  readonly args: string;
}

/** How a call ended: with a result, with Storm's DRPCExecutionException, or with anything else. */
export interface Outcome {
  readonly kind: 'result' | 'refused' | 'broken';
  readonly text: string;
}

const oldPackage = 'backtype.storm';

/** Where the client's jars are, and the package of its classes. */
const clients = {
  '0.9.7': { folder: 'storm-0.9/lib', package: oldPackage },
  '0.10.2': { folder: 'storm-0.10/lib', package: oldPackage },
  '1.2.4': { folder: 'storm-clients/1.2.4', package: 'org.apache.storm' },
  '2.8.3': { folder: 'storm-clients/2.8.3', package: 'org.apache.storm' },
} as const satisfies Record<ClientRelease, object>;
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
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-calls-'));
    const file = join(directory, 'calls');
    await writeFile(file, words.map((word) => `${word}\n`).join('')); // longer than words can be
    const lines = await this.#run('calls', file).finally(() => rm(directory, { recursive: true }));
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
    const client = clients[this.#release];
    const classPath = join(projectRoot, 'build', client.folder, '*');
    const directory = await mkdtemp(join(tmpdir(), 'gearstorm-caller-'));
    try {
      const source = join(directory, 'DrpcCalls.java');
      const text = await readFile(program, 'utf8');
      await writeFile(source, text.replaceAll(oldPackage, client.package));
      const command = ['-cp', classPath, source, '127.0.0.1', String(this.#port), ...words];
      return (await mustRun('java', command, { timeoutMs: 150_000 })).split('\n');
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }
}
