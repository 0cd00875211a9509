import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { archives, makeArchives } from './archives.mjs';
import { run } from './command.mjs';
import { multilangSteps } from './multilang.mjs';
import { build, root } from './paths.mjs';
import { filesBelow, fingerprint } from './stamp.mjs';
import { placeStormCommand } from './storm-command.mjs';

const maven = ['-q', '-B'];
const copyJars = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const npmAttempts = 3;
const at = (...parts) => join(root, ...parts);
const starter = 'storm-starter-0.9.4.jar';
/** The releases of Storm whose libraries we bring, each named by a module of jvm/. */
const storms = [
  { module: 'storm-0x', core: 'storm-core-0.9.7.jar', home: join(build, 'storm-0.9'), words: [] },
  {
    module: 'storm-0.10',
    core: 'storm-core-0.10.2.jar',
    home: join(build, 'storm-0.10'),
    words: ['-c', 'gearstorm.storm.version=0.10.2'],
  },
];

/** The modules of jvm/ whose libraries Maven copies, each into its own folder. */
const withLibraries = [...storms.map(({ module }) => module), 'zookeeper'];
/** Later releases of Storm, of which tests need the client alone. */
const clients = [
  { version: '1.2.4', jar: 'storm-core-1.2.4.jar' },
  { version: '2.8.3', jar: 'storm-client-2.8.3.jar' },
];

/** What set-up makes, in order: `inputs` are the files a step depends on, `outputs` what must be there for it to be skipped. */
export const steps = [
  {
    name: 'npm',
    title: 'npm packages from the lock file',
    inputs: () => [at('package.json'), at('package-lock.json')],
    outputs: [at('node_modules', '.package-lock.json')],
    run: installPackages,
  },
  {
    name: 'typescript',
    title: 'TypeScript to dist/',
    inputs: () =>
      filesBelow(root, isCompiled).concat(
        at('tsconfig.json'),
        at('tsconfig.build.json'),
        at('package-lock.json'),
      ),
    outputs: [at('dist', 'cli', 'main.js')],
    run: compile,
  },
  {
    name: 'page',
    title: 'the page (Vite)',
    inputs: () =>
      filesBelow(at('dashboard')).concat(
        at('tsconfig.json'),
        at('package-lock.json'),
        at('storm-api', 'index.ts'),
      ),
    outputs: [join(build, 'page', 'index.html')],
    run: buildPage,
  },
  {
    name: 'jvm',
    title: 'Java host and bridge, ZooKeeper, libraries of Storm 0.9.7 and 0.10.2 (Maven)',
    inputs: () => filesBelow(at('jvm'), (file) => !file.startsWith(at('jvm', 'starter'))),
    outputs: [
      join(build, 'jvm', 'host', 'host-1.jar'),
      join(build, 'jvm', 'storm-0x', 'storm-0x-1.jar'),
      join(build, 'jvm', 'local-0x', 'local-0x-1.jar'),
      join(build, 'jvm', 'local-0.10', 'local-0.10-1.jar'),
      join(build, 'jvm', 'zookeeper', 'zookeeper-1.jar'),
      ...storms.flatMap(({ core, home }) => [join(home, 'lib', core), join(home, 'defaults.yaml')]),
    ],
    run: buildJava,
  },
  {
    name: 'storm-commands',
    title: 'the command storm for tools that look for it',
    inputs: () => [at('bin', 'setup', 'storm-command.mjs')],
    outputs: storms.map(({ home }) => join(home, 'bin', 'storm')),
    run: () => {
      for (const { home, words } of storms) placeStormCommand(home, words);
    },
  },
  {
    name: 'starter',
    title: 'storm-starter 0.9.4 with its libraries in one jar (Maven Central)',
    inputs: () => [at('jvm', 'starter', 'pom.xml')],
    outputs: [join(build, 'topologies', starter)],
    run: mergeStarter,
  },
  {
    name: 'archives',
    title: 'archives of the classes that workers and clients load',
    // a JVM asks for the very files, so their times count too: see `words`
    inputs: () => [...builtJars(), at('bin', 'setup', 'archives.mjs')],
    words: () => builtJars().map((file) => String(statSync(file).mtimeMs)),
    outputs: archives,
    run: makeArchives,
    // everything runs without them, only later
    isOptional: true,
  },
];

/** What the tests and the bench need beside. */
export const testSteps = [
  {
    name: 'test-topologies',
    title: 'topologies of the conformance tests (Maven)',
    inputs: () => filesBelow(at('conformance-tests', 'topologies')),
    outputs: [join(build, 'topologies', 'acme-topologies.jar')],
    run: () =>
      run('mvn', [...maven, '-f', at('conformance-tests', 'topologies', 'pom.xml'), 'package']),
  },
  {
    name: 'kafka-topologies',
    title: 'a topology on storm-kafka 0.9.7 (Maven)',
    inputs: () => filesBelow(at('conformance-tests', 'kafka-topologies')),
    outputs: [join(build, 'topologies', 'kafka-topologies.jar')],
    run: () =>
      run('mvn', [
        ...maven,
        '-f',
        at('conformance-tests', 'kafka-topologies', 'pom.xml'),
        'package',
      ]),
  },
  {
    name: 'storm-clients',
    title: 'clients of Storm 1.2.4 and 2.8.3 (Maven Central)',
    inputs: () => filesBelow(at('conformance-tests', 'storm-clients')),
    outputs: clients.map(({ version, jar }) => join(clientHome(version), jar)),
    run: bringClients,
  },
  ...multilangSteps,
  brokerStep('kafka', '3.9.2'),
];

/** What only the soak needs. */
export const soakSteps = [brokerStep('kafka-4', '4.3.1')];

function builtJars() {
  const folders = [join(build, 'jvm'), ...storms.map(({ home }) => join(home, 'lib'))];
  return folders.flatMap((folder) => filesBelow(folder, (file) => file.endsWith('.jar')));
}

function isCompiled(file) {
  return file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.contract.ts');
}

/** What a step's outputs are made from: its files, this file, and the tools. */
export function stepFingerprint(step, tools) {
  return fingerprint(
    [...step.inputs(), at('bin', 'setup', 'steps.mjs')],
    [tools.java, process.version, ...(step.words?.() ?? [])],
  );
}

async function installPackages() {
  // A link leads to packages that somebody else looks after.
  if (existsSync(at('node_modules')) && lstatSync(at('node_modules')).isSymbolicLink()) return;
  for (let attempt = 1; ; attempt++) {
    try {
      await run('npm', ['ci', '--no-progress']);
      return;
    } catch (error) {
      if (attempt === npmAttempts) throw error;
    }
  }
}

async function compile() {
  rmSync(at('dist'), { recursive: true, force: true });
  await run(process.execPath, [
    at('node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    at('tsconfig.build.json'),
  ]);
}

async function buildPage() {
  await run(process.execPath, [
    at('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    at('dashboard', 'page'),
  ]);
}

async function buildJava() {
  for (const module of withLibraries) rmSync(librariesOf(module), { recursive: true, force: true });
  // Unpublished modules of ours are found in the reactor only, so copying and building are one run.
  await run('mvn', [
    ...maven,
    '-f',
    at('jvm', 'pom.xml'),
    'package',
    '-DskipTests',
    copyJars,
    '-DincludeScope=provided',
    '-DexcludeGroupIds=gearstorm,com.google.code.gson,com.google.errorprone',
    `-DoutputDirectory=${join('target', 'libraries')}`,
  ]);
  placeOnly([jarOf('host')], join(build, 'jvm', 'host'));
  place([jarOf('storm-0x')], join(build, 'jvm', 'storm-0x'));
  for (const module of ['local-0x', 'local-0.10']) {
    place([jarOf(module)], join(build, 'jvm', module));
  }
  placeOnly(
    [jarOf('zookeeper'), ...jarsIn(librariesOf('zookeeper'))],
    join(build, 'jvm', 'zookeeper'),
  );
  place([jarOf('carbonite')], join(build, 'storm-0.9', 'lib'));
  for (const storm of storms) await placeStorm(storm);
}

/** The libraries that the module names, and the defaults that are in one of them. */
async function placeStorm({ module, core, home }) {
  const libraries = librariesOf(module);
  await run('jar', ['xf', join(libraries, core), 'defaults.yaml'], { cwd: libraries });
  place(jarsIn(libraries), join(home, 'lib'));
  copyOver(join(libraries, 'defaults.yaml'), home);
}

/** Maven fills one for each module in the same run. */
function librariesOf(module) {
  return at('jvm', module, 'target', 'libraries');
}

async function mergeStarter() {
  const folder = at('jvm', 'starter');
  await run('mvn', [...maven, '-f', join(folder, 'pom.xml'), 'package']);
  place([join(folder, 'target', starter)], join(build, 'topologies'));
}

async function bringClients() {
  for (const { version } of clients) {
    const pom = at('conformance-tests', 'storm-clients', version, 'pom.xml');
    const output = `-DoutputDirectory=${clientHome(version)}`;
    await run('mvn', [...maven, '-f', pom, copyJars, '-DincludeScope=runtime', output]);
  }
}

/** A release of Kafka that is started as a broker. */
function brokerStep(name, version) {
  const pom = at('conformance-tests', 'kafka-brokers', version, 'pom.xml');
  const home = join(build, `kafka-${version}`);
  return {
    name,
    title: `Kafka ${version}, to be started as a broker (Maven Central)`,
    inputs: () => [pom],
    outputs: [join(home, `kafka_2.13-${version}.jar`)],
    run: () =>
      run('mvn', [
        ...maven,
        '-f',
        pom,
        copyJars,
        '-DincludeScope=runtime',
        `-DoutputDirectory=${home}`,
      ]),
  };
}

function clientHome(version) {
  return join(build, 'storm-clients', version);
}

function jarOf(module) {
  return at('jvm', module, 'target', `${module}-1.jar`);
}

function jarsIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jar'))
    .map((name) => join(folder, name));
}

/** Without what an earlier set-up put there. */
function placeOnly(files, folder) {
  place(files, folder);
  const names = files.map((file) => basename(file));
  for (const name of readdirSync(folder)) {
    if (!names.includes(name)) rmSync(join(folder, name));
  }
}

function place(files, folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyOver(file, folder);
}

/** Replaces by renaming: a running JVM keeps the jar it opened. */
function copyOver(file, folder) {
  const target = join(folder, basename(file));
  copyFileSync(file, `${target}.new`);
  renameSync(`${target}.new`, target);
}
