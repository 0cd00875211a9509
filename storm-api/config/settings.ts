import { ConfigError } from './errors.ts';
import type { StormConf } from './storm-conf.ts';

/** A configuration key that we read: how, what counts when it is absent, and what it does. */
export interface Setting<Value> {
  readonly key: string;
  readonly fallback: Value;
  /** One sentence for users. */
  readonly doc: string;
  /** null when absent; throws TypeError or RangeError. */
  readonly read: (config: StormConf, key: string) => Value | null;
}

/**
 * The setting's value in the configuration, or its fallback.
 * @throws ConfigError when the key holds a value of another kind
 */
export function readSetting<Value>(config: StormConf, setting: Setting<Value>): Value {
  try {
    return setting.read(config, setting.key) ?? setting.fallback;
  } catch (error) {
    throw new ConfigError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

interface Entry<Value> {
  readonly key: string;
  readonly fallback: Value;
  readonly doc: string;
}

function text(entry: Entry<string>): Setting<string> {
  return { ...entry, read: (config, key) => config.string(key) };
}

function optionalText(entry: Omit<Entry<string>, 'fallback'>): Setting<string | null> {
  return { ...entry, fallback: null, read: (config, key) => config.string(key) };
}

function flag(entry: Entry<boolean>): Setting<boolean> {
  return { ...entry, read: (config, key) => config.boolean(key) };
}

function choice<Word extends string>(words: readonly Word[], entry: Entry<Word>): Setting<Word> {
  return {
    ...entry,
    read(config, key) {
      const value = config.string(key);
      const word = words.find((each) => each === value) ?? null;
      if (value === null || word !== null) return word;
      throw new RangeError(`${key} must be one of ${words.join(', ')}, not ${config.text(key)}`);
    },
  };
}

function integer(least: number, most: number, entry: Entry<number>): Setting<number> {
  return {
    ...entry,
    read(config, key) {
      const value = config.number(key);
      if (value !== null) checkInteger(value, { key, least, most });
      return value;
    },
  };
}

function port(entry: Entry<number>): Setting<number> {
  return integer(0, 65_535, entry);
}

function optionalPort(entry: Omit<Entry<number>, 'fallback'>): Setting<number | null> {
  return { ...port({ ...entry, fallback: 0 }), fallback: null };
}

function portList(entry: Entry<readonly number[]>): Setting<readonly number[]> {
  return {
    ...entry,
    read(config, key) {
      const ports = config.numberList(key);
      for (const each of ports ?? []) checkInteger(each, { key, least: 1, most: 65_535 });
      if (new Set(ports).size === (ports?.length ?? 0)) return ports;
      throw new RangeError(`${key} names a port twice: ${config.text(key)}`);
    },
  };
}

function textList(entry: Entry<readonly string[]>): Setting<readonly string[]> {
  return { ...entry, read: (config, key) => config.stringList(key) };
}

interface Bounds {
  readonly key: string;
  readonly least: number;
  readonly most: number;
}

function amount(entry: Entry<number>): Setting<number> {
  return {
    ...entry,
    read(config, key) {
      const value = config.number(key);
      if (value === null || value >= 0) return value;
      throw new RangeError(`${key} takes numbers from 0 on, not ${value}`);
    },
  };
}

function checkInteger(value: number, { key, least, most }: Bounds): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new RangeError(`${key} takes whole numbers from ${least} to ${most}, not ${value}`);
  }
}

const secondsMax = 0x7fffffff;

/** Every key that this program reads itself; hosts and user code see all others too. */
export const settings = {
  nimbusHost: text({
    key: 'nimbus.host',
    fallback: '127.0.0.1',
    doc: 'Address that Nimbus listens on and clients connect to.',
  }),
  nimbusThriftPort: port({
    key: 'nimbus.thrift.port',
    fallback: 6627,
    doc: 'Port of Nimbus; 0 takes any free one.',
  }),
  uiHost: text({
    key: 'ui.host',
    fallback: '127.0.0.1',
    doc: 'Address that the page and the REST interface listen on.',
  }),
  uiPort: port({
    key: 'ui.port',
    fallback: 8080,
    doc: 'Port of the page and the REST interface; 0 takes any free one.',
  }),
  uiActionsEnabled: flag({
    key: 'ui.actions.enabled',
    fallback: true,
    doc: 'Whether topologies may be killed, rebalanced and switched from the page and over REST.',
  }),
  uiSubmission: choice(['local', 'always', 'never'], {
    key: 'gearstorm.ui.submission',
    fallback: 'local',
    doc: 'Whether programs may be run from the page: only while no other machine reaches it, always, or never.',
  }),
  logviewerPort: port({
    key: 'logviewer.port',
    fallback: 8000,
    doc: 'Port of the log viewer, at the address of ui.host; 0 takes any free one.',
  }),
  drpcHost: text({
    key: 'gearstorm.drpc.host',
    fallback: '127.0.0.1',
    doc: 'Address that the three DRPC ports listen on.',
  }),
  drpcPort: port({
    key: 'drpc.port',
    fallback: 3772,
    doc: 'Port for callers of DRPC functions; 0 takes any free one.',
  }),
  drpcInvocationsPort: port({
    key: 'drpc.invocations.port',
    fallback: 3773,
    doc: 'Port for the topologies that serve DRPC functions; 0 takes any free one.',
  }),
  drpcHttpPort: port({
    key: 'drpc.http.port',
    fallback: 3774,
    doc: 'Port for callers of DRPC functions over HTTP; 0 takes any free one.',
  }),
  drpcServers: textList({
    key: 'drpc.servers',
    fallback: [],
    doc: 'Hosts whose DRPC servers topologies fetch requests from; none: our own.',
  }),
  drpcRequestTimeoutSecs: integer(1, secondsMax, {
    key: 'drpc.request.timeout.secs',
    fallback: 600,
    doc: 'Seconds until a DRPC request that nobody answered fails.',
  }),
  drpcAcceptUnknown: flag({
    key: 'drpc.accept.unknown',
    fallback: false,
    doc: 'Takes DRPC requests for functions that no topology serves, for one that may come.',
  }),
  drpcDirect: flag({
    key: 'gearstorm.drpc.direct',
    fallback: true,
    doc: "Storm's own DRPC components of a topology use their worker's connection to serve; false: only Thrift.",
  }),
  drpcRequestsMax: integer(1, 1_000_000, {
    key: 'gearstorm.drpc.requests.max',
    fallback: 20_000,
    doc: 'DRPC requests that may be open at a time.',
  }),
  drpcFunctionRequestsMax: integer(1, 1_000_000, {
    key: 'gearstorm.drpc.function.requests.max',
    fallback: 10_000,
    doc: 'DRPC requests for one function that may be open at a time.',
  }),
  drpcMaxBufferBytes: integer(1, 0x7fffffff, {
    key: 'drpc.max_buffer_size',
    fallback: 0,
    doc: 'Longest DRPC message that is accepted, if it is more than 16 MB.',
  }),
  zooKeeperPort: optionalPort({
    key: 'gearstorm.zookeeper.port',
    doc: 'Port of the ZooKeeper that is started for topologies that need it; not set: 2181, or any free one.',
  }),
  zooKeeperChildOptions: text({
    key: 'gearstorm.zookeeper.childopts',
    fallback: '-Xmx128m',
    doc: 'Options of the Java that runs it, parted by blanks.',
  }),
  zooKeeperIdleSecs: integer(1, secondsMax, {
    key: 'gearstorm.zookeeper.idle.secs',
    fallback: 60,
    doc: 'Seconds without a connection after which it ends, until it is needed again.',
  }),
  drpcAuthorizer: optionalText({
    key: 'drpc.authorizer',
    doc: 'Class that says who may call and serve DRPC functions: DRPCSimpleACLAuthorizer or none.',
  }),
  drpcAclFile: text({
    key: 'drpc.authorizer.acl.filename',
    fallback: 'drpc-auth-acl.yaml',
    doc: 'File of the DRPCSimpleACLAuthorizer; a relative name is beside storm.yaml.',
  }),
  drpcAclStrict: flag({
    key: 'drpc.authorizer.acl.strict',
    fallback: false,
    doc: 'Closes DRPC functions that the file does not name, instead of leaving them open.',
  }),
  slotPorts: portList({
    key: 'supervisor.slots.ports',
    fallback: [6700, 6701, 6702, 6703],
    doc: 'One entry per worker that may run at a time; nothing listens on these ports.',
  }),
  supervisorMemoryMb: amount({
    key: 'supervisor.memory.capacity.mb',
    fallback: 4096,
    doc: 'Megabytes that the one supervisor is told to have; no executor is placed by it.',
  }),
  supervisorCpuPercent: amount({
    key: 'supervisor.cpu.capacity',
    fallback: 400,
    doc: 'Processors that it is told to have, 100 for each; no executor is placed by it.',
  }),
  localDirectory: text({
    key: 'storm.local.dir',
    fallback: 'storm-local',
    doc: 'Directory of all state, relative to where serve is started.',
  }),
  messageTimeoutSecs: integer(1, secondsMax, {
    key: 'topology.message.timeout.secs',
    fallback: 30,
    doc: 'Seconds until a tuple that was not acknowledged fails, and how long kill waits.',
  }),
  mailboxTuples: integer(1, 1 << 20, {
    key: 'gearstorm.mailbox.tuples',
    fallback: 2048,
    doc: 'How many tuples may wait for one executor of a bolt; in a Java worker 128 for each that sends to it if that is more, up to 8192, and where few send to it and it takes quickly, what it takes in 4 ms, up to eight times as many.',
  }),
  mailboxBytes: integer(1, Number.MAX_SAFE_INTEGER, {
    key: 'gearstorm.mailbox.bytes',
    fallback: 16 * 1024 * 1024,
    doc: 'About how much the large tuples that wait for one executor may hold; a small heap makes it less.',
  }),
  overflowTuples: integer(0, Number.MAX_SAFE_INTEGER, {
    key: 'gearstorm.overflow.tuples',
    fallback: 10_000,
    doc: 'From so many tuples on that wait inside a cycle of components, others are kept from entering it.',
  }),
  overflowBytesMax: integer(1, Number.MAX_SAFE_INTEGER, {
    key: 'gearstorm.overflow.bytes.max',
    fallback: 256 * 1024 * 1024,
    doc: 'A cycle whose waiting tuples hold more than this, or a quarter of the heap, ends its worker with a message that names it.',
  }),
  uploadBytesMax: integer(1, Number.MAX_SAFE_INTEGER, {
    key: 'gearstorm.upload.bytes.max',
    fallback: 1024 * 1024 * 1024,
    doc: 'How large a jar, or the bundle of a program, may be, and what its resources or its program may unpack to.',
  }),
  linkGraceSecs: integer(0, secondsMax, {
    key: 'gearstorm.link.grace.secs',
    fallback: 30,
    doc: 'Seconds that tuples are held back for a worker that is away before they are dropped and failed.',
  }),
  allowUnauthenticatedBind: flag({
    key: 'gearstorm.allow.unauthenticated.bind',
    fallback: false,
    doc: 'Permits addresses other than loopback though nobody is asked who he is.',
  }),
  keepWorkers: flag({
    key: 'gearstorm.serve.keep.workers',
    fallback: false,
    doc: 'Leaves workers running when serve is stopped, for the next serve to adopt.',
  }),
  workerLeaseSecs: integer(1, secondsMax, {
    key: 'gearstorm.worker.lease.secs',
    fallback: 600,
    doc: 'Seconds that workers go on without serve, for its restart or upgrade, before they end.',
  }),
  workerStartSecs: integer(1, secondsMax, {
    key: 'supervisor.worker.start.timeout.secs',
    fallback: 120,
    doc: 'Seconds a worker may take from its start until its components are loaded.',
  }),
  workerSilenceSecs: integer(1, secondsMax, {
    key: 'supervisor.worker.timeout.secs',
    fallback: 30,
    doc: 'Seconds without a sign of life after which a worker is killed and started again.',
  }),
  logAgeMins: integer(1, secondsMax, {
    key: 'logviewer.cleanup.age.mins',
    fallback: 10_080,
    doc: 'Minutes that the logs of a topology are kept after its end.',
  }),
  logCleanupSecs: integer(1, secondsMax, {
    key: 'logviewer.cleanup.interval.secs',
    fallback: 600,
    doc: 'Seconds between looks for logs that are too old.',
  }),
  workerLogsMb: integer(1, secondsMax, {
    key: 'logviewer.max.per.worker.logs.size.mb',
    fallback: 2048,
    doc: "Mebibytes that one worker's logs may have; the oldest parts are removed first.",
  }),
  allLogsMb: integer(1, secondsMax, {
    key: 'logviewer.max.sum.worker.logs.size.mb',
    fallback: 4096,
    doc: "Mebibytes that all workers' logs may have together; the oldest parts are removed first.",
  }),
  store: choice(['level', 'redis', 'memory'], {
    key: 'gearstorm.store',
    fallback: 'level',
    doc: 'Where accepted topologies are remembered: a LevelDB in storm.local.dir, Redis, or nowhere.',
  }),
  redisUrl: optionalText({
    key: 'gearstorm.redis.url',
    doc: 'Redis of gearstorm.store: redis, as redis://user:password@host:port/db.',
  }),
  redisKeyPrefix: text({
    key: 'gearstorm.redis.key.prefix',
    fallback: 'gearstorm',
    doc: 'Keeps several clusters apart that share one Redis.',
  }),
  modernizeMultilang: flag({
    key: 'gearstorm.multilang.modernize',
    fallback: true,
    doc: 'Replaces a stock storm.py in a jar when python cannot run it.',
  }),
  nativeMultilang: flag({
    key: 'gearstorm.multilang.native',
    fallback: true,
    doc: 'Runs subprocesses of components without a JVM, where nothing of Java is needed.',
  }),
} as const;
