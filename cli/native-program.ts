import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildFailure, build, type Plugin } from 'esbuild';
import {
  importProgram,
  type ProgramCall,
  ProgramError,
  sentenceOf,
  stackOf,
} from '../runtime/native/index.ts';
import type { NativeTopology } from '../storm-api/builder/index.ts';
import { CommandError } from './errors.ts';
import { ProductPaths } from './product-paths.ts';

/** What a stack names that is not the user's, compiled or by its sources. */
const ourFolders = ['dist', 'storm-api', 'runtime', 'kafka-connectors', 'cli'].map(
  (folder) => `${join(new ProductPaths().root, folder)}/`,
);

/** Where a program finds our own modules; never bundled, so that there is one copy of each. */
export interface ProgramModules {
  /** The file that stands for `gearstorm`. */
  readonly api: string;
  /** The file that stands for `gearstorm/testing`. */
  readonly testing: string;
  /** The file that stands for `gearstorm/dsl`. */
  readonly dsl: string;
  /** The file that stands for `gearstorm/kafka`. */
  readonly kafka: string;
}

/** A program with its dependencies in one file, named by its content. */
export interface Bundle {
  readonly code: Uint8Array;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

/** @throws CommandError that names the program's file and line for what cannot be bundled */
export async function bundleProgram(file: string, modules: ProgramModules): Promise<Bundle> {
  const path = isAbsolute(file) ? file : resolve(file);
  const found = await stat(path).catch(() => null);
  if (found === null) throw new CommandError(`${file}: there is no such file`);
  if (found.isDirectory()) throw new CommandError(`${file} is a folder, not a program`);
  if (file.endsWith('.jar')) {
    throw new CommandError(`${file} is a jar: submit it with gearstorm jar ${file} CLASS`);
  }
  try {
    const { outputFiles } = await build({
      entryPoints: [path],
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      // Stacks name the user's own files, wherever the bundle lies when it runs.
      absWorkingDir: '/',
      sourceRoot: '/',
      sourcemap: 'inline',
      sourcesContent: false,
      write: false,
      logLevel: 'silent',
      plugins: [ownModules(modules)],
      // Packages in CommonJS call it.
      banner: {
        js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
      },
    });
    const code = outputFiles[0]?.contents ?? new Uint8Array();
    return { code, hash: createHash('sha256').update(code).digest('hex') };
  } catch (error) {
    throw new CommandError(await bundleProblem(file, error), 1);
  }
}

/**
 * Runs the program and takes the topology that it exports or submits.
 * @throws CommandError when there is none, or the program throws; names the program's line
 */
export async function loadProgram(bundle: Bundle, call: ProgramCall): Promise<NativeTopology> {
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-program-'));
  const onExit = () => endedWithoutTopology(folder);
  process.once('exit', onExit);
  try {
    const file = join(folder, `${bundle.hash}.mjs`);
    await writeFile(file, bundle.code, { mode: 0o600 });
    process.setSourceMapsEnabled(true);
    return await importProgram(file, call);
  } catch (error) {
    if (error instanceof ProgramError) throw new CommandError(error.message);
    throw new CommandError(`${placeOf(error)}the program threw ${sentenceOf(error)}`);
  } finally {
    process.off('exit', onExit);
    await rm(folder, { recursive: true, force: true });
  }
}

/** It called `process.exit`, or awaits what nothing can bring about any more. */
function endedWithoutTopology(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  process.exitCode = 1;
  process.stderr.write('the program ended before it had made a topology\n');
}

/** The program's own line in front of what it threw, not one of ours that it called; nothing when the stack names none. */
function placeOf(error: unknown): string {
  const places = [
    ...stackOf(error).matchAll(/(?:\(|at (?:async )?)(?:file:\/\/)?(\/[^()]+:\d+:\d+)/g),
  ];
  const place = places.map(([, each = '']) => each).find((each) => !isOurs(each));
  return place === undefined ? '' : `${relative(process.cwd(), place)}: `;
}

function isOurs(place: string): boolean {
  return ourFolders.some((folder) => place.startsWith(folder));
}

function ownModules({ api, testing, dsl, kafka }: ProgramModules): Plugin {
  const files = new Map([
    ['gearstorm', api],
    ['gearstorm/testing', testing],
    ['gearstorm/dsl', dsl],
    ['gearstorm/kafka', kafka],
  ]);
  return {
    name: 'gearstorm',
    setup: (building) => {
      building.onResolve({ filter: /^gearstorm(\/(testing|dsl|kafka))?$/ }, ({ path, kind }) => {
        const file = files.get(path) ?? path;
        // `require` takes paths only.
        return { path: kind === 'require-call' ? file : pathToFileURL(file).href, external: true };
      });
    },
  };
}

async function bundleProblem(file: string, error: unknown): Promise<string> {
  const errors = (error as Partial<BuildFailure>).errors ?? [];
  const [first] = errors;
  if (first === undefined) return `${file}: ${error instanceof Error ? error.message : error}`;
  const { location, text } = first;
  const where =
    location === null
      ? file
      : `${relative(process.cwd(), join('/', location.file))}:${location.line}:${location.column + 1}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `${where}: ${text}${more}`;
}
