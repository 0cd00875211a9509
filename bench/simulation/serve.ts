import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { projectRoot } from '../../conformance-tests/harness/index.ts';
import { RestServer, WorkerProfiling } from '../../dashboard/index.ts';
import { createRuntime, type Runtime } from '../../runtime/control/index.ts';
import { MemoryStore } from '../../runtime/store/index.ts';
import { StormConf, type TopologyService } from '../../storm-api/index.ts';
import { decodeTopology, encodeTopology } from '../../storm-api/thrift/index.ts';
import { simulatedHost } from './simulated-host.ts';
import { simulatedTopology, type TopologySize } from './topology.ts';

const firstSlot = 6700;

/** What is written to standard output once everything answers. */
export interface ReadySimulation {
  readonly url: string;
}

/**
 * A control plane and its page, with topologies of which the workers only report. Words: how many
 * topologies, components and tasks of each, a port or 0. It ends when its input does.
 */
async function main(words: readonly string[]): Promise<void> {
  const [topologies = 1, components = 10, tasks = 20, port = 0] = words.map(Number);
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-simulation-'));
  const runtime = await startRuntime(folder, topologies);
  const server = new RestServer({ ...serverOptions(runtime.service, folder), port });
  const address = await server.start();
  await submitAll(runtime.service, folder, topologies, { components, tasks });
  const ready: ReadySimulation = { url: `http://${address.host}:${address.port}` };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
  process.stdin.resume().once('end', async () => {
    await server.stop();
    await runtime.stop({ keepWorkers: false });
    await rm(folder, { recursive: true, force: true });
    process.exit(0);
  });
}

const logger = pino({ level: 'warn' }, pino.destination(2));

function startRuntime(folder: string, slots: number): Promise<Runtime> {
  const ports = Array.from({ length: slots }, (_, index) => firstSlot + index);
  const config = StormConf.of({ 'topology.workers': 1, 'topology.message.timeout.secs': 30 });
  return createRuntime({
    localDir: join(folder, 'local'),
    config: StormConf.of({ 'supervisor.slots.ports': ports }),
    store: new MemoryStore(),
    logger,
    codec: { encode: encodeTopology, decode: decodeTopology },
    hostClassPath: [],
    nativeWorker: '',
    javaHost: simulatedHost,
    zooKeeperClassPath: null,
    generations: { 'storm-0.9': { classPath: [], bridgePath: [], archive: '', config } },
    onLeadershipLost: () => process.exit(1),
    standBy: false,
  });
}

function serverOptions(service: TopologyService, folder: string) {
  const refuse = () => Promise.reject(new Error('nothing to be seen of a simulation'));
  const processes = {
    ...{ threads: refuse, profile: refuse, heap: refuse },
    ...{ startRecording: refuse, dumpRecording: refuse, stopRecording: refuse },
    restart: () => false,
  };
  return {
    ...{ service, host: '127.0.0.1', log: logger, config: StormConf.empty },
    stormVersion: '0.9.7',
    ports: { nimbus: 0, logviewer: 0 },
    drpc: () => [],
    pageFolder: join(projectRoot, 'build', 'page'),
    actionsEnabled: true,
    defaultsOf: () => StormConf.empty,
    ...{ processes, profiler: new WorkerProfiling(service, processes) },
    submission: {
      folder: join(folder, 'uploads'),
      refusal: 'a simulation takes no programs',
      uploadBytesMax: 1,
      submitter: { mainsOf: refuse, start: refuse },
    },
  };
}

async function submitAll(
  service: TopologyService,
  folder: string,
  topologies: number,
  size: TopologySize,
): Promise<void> {
  for (let index = 0; index < topologies; index++) {
    const jarFile = join(folder, `${index}.jar`);
    await writeFile(jarFile, emptyZip);
    await service.submit({
      topology: simulatedTopology(`simulated-${index + 1}`, size),
      ...{ jarFile, credentials: null, initialStatus: 'ACTIVE' },
    });
  }
}

/** A zip file's end record, of no entries. */
const emptyZip = Buffer.concat([Buffer.from('PK\u0005\u0006'), Buffer.alloc(18)]);

await main(process.argv.slice(2));
