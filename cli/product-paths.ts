import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jarsIn } from '../storm-api/config/index.ts';
import type { Generation } from '../storm-api/index.ts';
import { CommandError } from './errors.ts';

/** The generation whose client is used where nothing else is said. */
export const clientGenerationDefault: Generation = 'storm-0.9';
/** The releases whose libraries set-up brings. */
export const stormVersions = {
  'storm-0.9': '0.9.7',
  'storm-0.10': '0.10.2',
} as const satisfies Record<Generation, string>;
/** The release that we say we are where nothing else is said. */
export const stormVersion = stormVersions[clientGenerationDefault];

/**
 * Where the parts are that set-up made; the same from sources and from compiled output. Of Storm's
 * generations the client's is meant where none is named.
 */
export class ProductPaths {
  readonly root: string;

  constructor(root = findRoot()) {
    this.root = root;
  }

  /** What Storm calls its home: lib/ below it holds its jars. */
  stormHome(generation = clientGenerationDefault): string {
    return join(this.root, 'build', generation);
  }

  defaultsYaml(generation = clientGenerationDefault): string {
    return join(this.stormHome(generation), 'defaults.yaml');
  }

  /** What set-up took down of the classes that a worker loads. */
  workerArchive(generation: Generation): string {
    return join(this.stormHome(generation), 'worker.jsa');
  }

  /** The same of a client. */
  clientArchive(generation: Generation): string {
    return join(this.stormHome(generation), 'client.jsa');
  }

  get pageFolder(): string {
    return join(this.root, 'build', 'page');
  }

  get pythonModule(): string {
    return join(this.root, 'multilang', 'storm-py', 'storm.py');
  }

  /** The packages that this program itself runs on. */
  get packages(): string {
    return join(this.root, 'node_modules');
  }

  /** Compiled, whatever this is run from: what a user's program shares with its runner. */
  get programModules(): {
    readonly api: string;
    readonly testing: string;
    readonly dsl: string;
    readonly kafka: string;
  } {
    return {
      api: join(this.root, 'dist', 'storm-api', 'builder', 'index.js'),
      testing: join(this.root, 'dist', 'runtime', 'native', 'index.js'),
      dsl: join(this.root, 'dist', 'storm-api', 'dsl', 'index.js'),
      kafka: join(this.root, 'dist', 'kafka-connectors', 'index.js'),
    };
  }

  /** Compiled, as a worker lives on when its serve is replaced by another. */
  get nativeWorker(): string {
    return join(this.root, 'dist', 'cli', 'native-worker.js');
  }

  /** Compiled; stands in for workers inside another process. */
  get guestWorker(): string {
    return join(this.root, 'dist', 'cli', 'guest-worker.js');
  }

  /** Compiled; the control plane of a LocalCluster. */
  get localControl(): string {
    return join(this.root, 'dist', 'cli', 'local-control.js');
  }

  get starterJar(): string {
    return join(this.root, 'build', 'topologies', 'storm-starter-0.9.4.jar');
  }

  stormLibraries(generation = clientGenerationDefault): readonly string[] {
    return placedJars(join(this.stormHome(generation), 'lib'));
  }

  hostClassPath(): readonly string[] {
    return placedJars(join(this.root, 'build', 'jvm', 'host'));
  }

  zooKeeperClassPath(): readonly string[] {
    return placedJars(join(this.root, 'build', 'jvm', 'zookeeper'));
  }

  /** Storm's classes for local runs, in our version; to stand before Storm's own. */
  localPath(generation: Generation): readonly string[] {
    const module = generation === 'storm-0.10' ? 'local-0.10' : 'local-0x';
    return placedJars(join(this.root, 'build', 'jvm', module));
  }

  bridgePath(): readonly string[] {
    return placedJars(join(this.root, 'build', 'jvm', 'storm-0x'));
  }
}

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** @throws CommandError where there are none */
function placedJars(folder: string): readonly string[] {
  const jars = jarsIn(folder);
  if (jars.length === 0) throw new CommandError(`no jars in ${folder}: run "npm run setup" first`);
  return jars;
}
