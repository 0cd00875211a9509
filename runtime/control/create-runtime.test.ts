import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { decodeTopology, encodeTopology } from '../../storm-api/thrift/index.ts';
import { LevelStore, MemoryStore, type MetadataStore } from '../store/index.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from './create-runtime.ts';
import { silentLogger, wordTopology } from './topology-manager.fixture.ts';

const patience = { timeout: 20_000, interval: 20 };
const fakeWorker = join(import.meta.dirname, '../engines/embedded/fake-worker.fixture.mjs');

let folder: string;
let store: MetadataStore;
let runtime: Runtime | null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-runtime-'));
  runtime = null;
  vi.stubEnv('TMPDIR', folder);
  fakeJava();
});
afterEach(async () => {
  await stop({ keepWorkers: false });
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A `java` that inspects well and runs fake workers. */
function fakeJava(version = '17.0.1'): void {
  const bin = join(folder, 'jdk', 'bin');
  mkdirSync(bin, { recursive: true });
  const script = `#!/bin/sh
if [ "$1" = -version ]; then echo 'openjdk version "${version}"' >&2; exit; fi
for last; do :; done
case "$*" in
  *' inspect '*) echo '{"components":[],"missingHookClasses":[]}' > "$(dirname "$last")/report.json" ;;
  *) exec '${process.execPath}' '${fakeWorker}' "$last" obedient ;;
esac
`;
  writeFileSync(join(bin, 'java'), script);
  chmodSync(join(bin, 'java'), 0o755);
  vi.stubEnv('JAVA_HOME', join(folder, 'jdk'));
}

async function start(): Promise<Runtime> {
  store = await LevelStore.open(join(folder, 'store'));
  runtime = await createRuntime(options());
  return runtime;
}

function options(): RuntimeOptions {
  const config = StormConf.of({ 'topology.workers': 1, 'topology.message.timeout.secs': 30 });
  return {
    localDir: join(folder, 'local'),
    config,
    store,
    logger: silentLogger,
    codec: { encode: encodeTopology, decode: decodeTopology },
    hostClassPath: ['/host.jar'],
    zooKeeperClassPath: null,
    nativeWorker: '/native-worker.js',
    generations: { 'storm-0.9': { classPath: [], bridgePath: [], archive: '/absent.jsa', config } },
    onLeadershipLost: () => {},
    standBy: false,
  };
}

async function stop(options: { readonly keepWorkers: boolean }): Promise<void> {
  if (runtime === null) return;
  await runtime.stop(options);
  await store.close();
  runtime = null;
}

async function untilRunning({ service }: Runtime, id: string): Promise<number | null> {
  await vi.waitFor(
    () => expect(service.describe(id).workerList.map(({ state }) => state)).toEqual(['running']),
    patience,
  );
  return service.describe(id).workerList[0]?.pid ?? null;
}

const request = {
  topology: wordTopology('word'),
  jarFile: null,
  initialStatus: 'ACTIVE',
  credentials: null,
} as const;

it('runs what is submitted, finds it again after a restart, and leaves nothing of it after a kill', async () => {
  const first = await start();
  const id = await first.service.submit(request);
  const pid = await untilRunning(first, id);
  await stop({ keepWorkers: true });
  const second = await start();
  expect(await untilRunning(second, id)).toBe(pid);
  await second.service.kill('word', 0);
  await vi.waitFor(() => expect(second.service.cluster().topologies).toEqual([]), patience);
  await vi.waitFor(() => {
    expect(readdirSync(join(folder, 'local', 'topologies'))).toEqual([]);
    expect(readdirSync(join(folder, 'local', 'workers'))).toEqual([]);
  }, patience);
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
}, 60_000);

it('ends its workers when it stops for good, and starts them again', async () => {
  const first = await start();
  const id = await first.service.submit(request);
  const pid = await untilRunning(first, id);
  await stop({ keepWorkers: false });
  expect(() => process.kill(pid ?? 0, 0)).toThrow();
  expect(await untilRunning(await start(), id)).not.toBe(pid);
}, 60_000);

it('clears away what a submission that was never accepted left', async () => {
  await start();
  await stop({ keepWorkers: false });
  mkdirSync(join(folder, 'local', 'topologies', 'half-7-7', 'resources'), { recursive: true });
  writeFileSync(join(folder, 'local', 'blobs', 'x.part'), 'half');
  writeFileSync(join(folder, 'local', 'blobs', 'unused'), 'whole');
  mkdirSync(join(folder, 'local', 'workers', 'cafe'));
  await start();
  for (const each of ['topologies', 'blobs', 'workers']) {
    expect(readdirSync(join(folder, 'local', each))).toEqual([]);
  }
});

it('a second one on the same directory is refused in a sentence', async () => {
  await start();
  await expect(createRuntime(options())).rejects.toThrow(
    'another gearstorm serve uses this storm.local.dir',
  );
});

it('stands by for one on the same directory, and goes on with its workers when it ends', async () => {
  store = new MemoryStore();
  const first = await createRuntime(options());
  const id = await first.service.submit(request);
  const pid = await untilRunning(first, id);
  const said: string[] = [];
  const logger = { ...silentLogger, info: (_: object, message: string) => said.push(message) };
  const waiting = createRuntime({ ...options(), standBy: true, logger });
  await vi.waitFor(() => expect(said.join()).toContain('standing by'), patience);
  expect(said).toHaveLength(1);
  await first.stop({ keepWorkers: true });
  runtime = await waiting;
  expect(await untilRunning(runtime, id)).toBe(pid);
}, 60_000);

it('stops standing by when it is asked to', async () => {
  store = new MemoryStore();
  runtime = await createRuntime(options());
  const abort = new AbortController();
  const waiting = createRuntime({ ...options(), standBy: true, signal: abort.signal });
  abort.abort();
  await expect(waiting).rejects.toThrow('stopped while standing by');
});

it('does not lead from a directory without the files of accepted topologies', async () => {
  const first = await start();
  const id = await first.service.submit(request);
  await untilRunning(first, id);
  await stop({ keepWorkers: false });
  const other = await LevelStore.open(join(folder, 'store'));
  const elsewhere = { ...options(), store: other, localDir: join(folder, 'elsewhere') };
  await expect(createRuntime(elsewhere)).rejects.toThrow('the store knows topology word');
  await other.close();
}, 60_000);

it('does not start with a Java that is too old', async () => {
  fakeJava('1.8.0_392');
  await expect(start()).rejects.toThrow('Gearstorm needs Java 17 or newer');
  await store.close();
});

it('does not start on a directory that is a file', async () => {
  writeFileSync(join(folder, 'local'), '');
  await expect(start()).rejects.toThrow('cannot be used');
  await store.close();
});
