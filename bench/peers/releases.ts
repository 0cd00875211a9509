/** A daemon of Storm on this machine. */
export interface Daemon {
  readonly name: string;
  readonly main: string;
  readonly heap: string;
  /** Where it listens once it is up; null when it only calls others. */
  readonly port: number | null;
}

/** What differs between the versions of Storm that can be a peer. */
export interface Release {
  readonly version: string;
  /** The package of the classes that topologies name. */
  readonly stormPackage: string;
  readonly daemons: readonly Daemon[];
  /** Runs only where it is asked for; null where Maven Central does not have it whole. */
  readonly drpcDaemon: Daemon | null;
  readonly workerMain: string;
  readonly killMain: string;
  /** Folders of its home and the artifacts that belong into each. */
  readonly libraries: Readonly<Record<string, readonly string[]>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** The heaps are those of Storm's own defaults.yaml. */
function daemonsOf(zookeeper: string, nimbus: string, supervisor: string): readonly Daemon[] {
  return [
    { name: 'zookeeper', main: zookeeper, heap: '256m', port: 2181 },
    { name: 'nimbus', main: nimbus, heap: '1024m', port: 6627 },
    { name: 'supervisor', main: supervisor, heap: '256m', port: null },
  ];
}

/** The daemons are complete on Maven Central from this version on, and it runs 0.9 jars. */
const storm0: Release = {
  version: '0.10.2',
  stormPackage: 'backtype.storm',
  daemons: daemonsOf(
    'backtype.storm.command.dev_zookeeper',
    'backtype.storm.daemon.nimbus',
    'backtype.storm.daemon.supervisor',
  ),
  drpcDaemon: { name: 'drpc', main: 'backtype.storm.daemon.drpc', heap: '768m', port: 3772 },
  workerMain: 'backtype.storm.daemon.worker',
  killMain: 'backtype.storm.command.kill_topology',
  libraries: { lib: ['storm-core'] },
  settings: { 'nimbus.host': '127.0.0.1', 'drpc.servers': ['127.0.0.1'] },
};

/** The fastest Storm there is. */
const storm2: Release = {
  version: '2.8.3',
  stormPackage: 'org.apache.storm',
  daemons: daemonsOf(
    'org.apache.storm.command.DevZookeeper',
    'org.apache.storm.daemon.nimbus.Nimbus',
    'org.apache.storm.daemon.supervisor.Supervisor',
  ),
  drpcDaemon: null,
  workerMain: 'org.apache.storm.daemon.worker.Worker',
  killMain: 'org.apache.storm.command.KillTopology',
  libraries: {
    'lib-worker': ['storm-client'],
    lib: ['storm-client', 'storm-server', 'storm-core'],
    multilang: ['multilang-javascript'],
  },
  settings: {
    'nimbus.seeds': ['localhost'],
    'storm.resource.isolation.plugin.enable': false,
    // The scheduler counts memory that nobody uses; it is not to refuse many executors for it.
    'supervisor.memory.capacity.mb': 16_384,
    'supervisor.cpu.capacity': 10_000,
    'topology.component.resources.onheap.memory.mb': 1,
    'topology.worker.max.heap.size.mb': 4096,
  },
};

const releases: readonly Release[] = [storm0, storm2];

/** @throws Error for a version that is no peer */
export function releaseOf(version: string): Release {
  const found = releases.find((release) => release.version === version);
  if (found === undefined) throw new Error(`no peer has the version ${version}`);
  return found;
}
