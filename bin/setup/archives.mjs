import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from './command.mjs';
import { build, root } from './paths.mjs';
import { Problem } from './problem.mjs';

const timeoutMs = 120_000;
const gearstorm = join(root, 'bin', 'gearstorm');
const starter = join(build, 'topologies', 'storm-starter-0.9.4.jar');
const topology = 'archive';
const java = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, 'bin', 'java') : 'java';

/** By Storm's release, where its libraries are, and what stands before them on a client's path. */
const releases = new Map([
  ['0.9.7', { home: join(build, 'storm-0.9'), local: join(build, 'jvm', 'local-0x') }],
  ['0.10.2', { home: join(build, 'storm-0.10'), local: join(build, 'jvm', 'local-0.10') }],
]);
const workerArchive = (home) => join(home, 'worker.jsa');
const clientArchive = (home) => join(home, 'client.jsa');

export const archives = [...releases.values()].flatMap(({ home }) => [
  workerArchive(home),
  clientArchive(home),
]);

/**
 * Class-data archives: the classes that a worker and a client load, as the JVM keeps them in memory,
 * so that it need not read, parse and verify them at every start. What belongs in is what they load
 * for a topology of storm-starter, which is run here for each release of Storm. An archive is for one
 * build of Java and jars that nobody touched since; a JVM starts without one that does not fit.
 */
export async function makeArchives() {
  for (const archive of archives) rmSync(archive, { force: true });
  const folder = mkdtempSync(join(tmpdir(), 'gearstorm-archives-'));
  try {
    for (const [version, release] of releases) await observe(version, release, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs the topology and writes down which classes the JVMs load. */
async function observe(version, { home, local }, parent) {
  const folder = join(parent, version);
  mkdirSync(folder);
  const server = await serve(folder);
  const clientClasses = join(parent, `client-${version}`);
  try {
    await command(server, ['jar', starter, 'storm.starter.ExclamationTopology', topology], {
      options: [`gearstorm.storm.version=${version}`],
      environment: { STORM_JAR_JVM_OPTS: `-XX:DumpLoadedClassList=${clientClasses}` },
    });
    await command(server, ['peek', topology, 'exclaim2', '-n', '100', '--all']);
    await command(server, ['kill', topology, '-w', '0']);
  } finally {
    await server.stop();
  }
  const libraries = jarsIn(join(home, 'lib'));
  await dump(workerArchive(home), filesIn(folder, '.classes'), [
    ...jarsIn(join(build, 'jvm', 'host')),
    ...jarsIn(join(build, 'jvm', 'storm-0x')),
    ...libraries,
  ]);
  await dump(clientArchive(home), [clientClasses], [...jarsIn(local), ...libraries]);
}

async function serve(folder) {
  const ready = join(folder, 'ready.json');
  const child = spawn(
    process.execPath,
    [
      gearstorm,
      'serve',
      ...['--ready-file', ready],
      ...settings([
        `storm.local.dir=${join(folder, 'local')}`,
        ...[
          'nimbus.host=127.0.0.1',
          'nimbus.thrift.port=0',
          'ui.host=127.0.0.1',
          'ui.port=0',
          'logviewer.port=0',
        ],
        // any free ones: another serve may run beside this set-up
        ...['drpc.port=0', 'drpc.invocations.port=0', 'drpc.http.port=0'],
        // Storm's own placeholder, so that no two workers write one file
        `worker.childopts=-XX:DumpLoadedClassList=${folder}/%WORKER-PORT%.classes`,
      ]),
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => {
    child.on('close', resolve);
    child.on('error', resolve);
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  for (const endMs = Date.now() + timeoutMs; !existsSync(ready); await sleep(100)) {
    if (child.exitCode === null && Date.now() < endMs) continue;
    await stop();
    throw new Problem('gearstorm serve does not start');
  }
  return { ...JSON.parse(readFileSync(ready, 'utf8')), stop };
}

async function command({ nimbus, ui }, args, { options = [], environment = {} } = {}) {
  const line = settings([
    ...[`nimbus.host=${nimbus.host}`, `nimbus.thrift.port=${nimbus.port}`],
    ...[`ui.host=${ui.host}`, `ui.port=${ui.port}`],
    ...options,
  ]);
  await run(process.execPath, [gearstorm, ...args, ...line], { environment, timeoutMs });
}

function settings(texts) {
  return texts.flatMap((text) => ['-c', text]);
}

/** An archive appears whole or not at all. */
async function dump(archive, classLists, jars) {
  const list = `${classLists[0]}.all`;
  const lines = classLists.flatMap((file) => readFileSync(file, 'utf8').split('\n'));
  writeFileSync(list, [...new Set(lines)].join('\n'));
  await run(java, [
    '-Xshare:dump',
    `-XX:SharedClassListFile=${list}`,
    `-XX:SharedArchiveFile=${archive}.new`,
    ...['-cp', jars.join(delimiter)],
  ]);
  renameSync(`${archive}.new`, archive);
}

function jarsIn(folder) {
  return filesIn(folder, '.jar');
}

function filesIn(folder, ending) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
