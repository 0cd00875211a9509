import { redact } from '../config/redact.ts';
import { StormConf } from '../config/storm-conf.ts';
import { AuthorizationError, InvalidTopologyError } from '../errors.ts';
import { componentId } from '../model/ids.ts';
import type { Topology } from '../model/topology.ts';
import type { Handlers } from '../thrift/dispatcher.ts';
import { fromModel } from '../thrift/from-model.ts';
import type { nimbusMethods } from '../thrift/nimbus-service.ts';
import type { pageMethods } from '../thrift/page-methods.ts';
import type { RebalanceRequest, TopologyService } from '../topology-service.ts';
import type { WorkerProfiler } from '../worker-profiler.ts';
import type { JarDownloads } from './jar-downloads.ts';
import type { JarInbox } from './jar-inbox.ts';
import { toChanges, toLogConfig } from './log-config.ts';
import { pageHandlers } from './page-handlers.ts';
import { type NimbusIdentity, toClusterSummary, toTopologyInfo } from './replies.ts';
import { toSubmitRequest } from './submission.ts';

type NimbusHandlers = Handlers<typeof nimbusMethods>;

export interface NimbusParts {
  readonly service: TopologyService;
  readonly profiler: WorkerProfiler;
  readonly inbox: JarInbox;
  readonly downloads: JarDownloads;
  readonly config: StormConf;
  readonly identity: () => NimbusIdentity;
}

/** Nimbus's methods over the topology service; errors are ours, see thrift-errors.ts. */
export function nimbusHandlers(parts: NimbusParts): NimbusHandlers {
  return { ...commands(parts), ...files(parts), ...answers(parts), ...pageHandlers(parts) };
}

type Commands = Pick<
  NimbusHandlers,
  | 'submitTopology'
  | 'submitTopologyWithOpts'
  | 'killTopology'
  | 'killTopologyWithOpts'
  | 'activate'
  | 'deactivate'
  | 'rebalance'
  | 'uploadNewCredentials'
  | 'setLogConfig'
>;

function commands({ service, inbox }: NimbusParts): Commands {
  return {
    submitTopology: async (submission) => {
      await service.submit(toSubmitRequest(submission, defaults, inbox));
      return undefined;
    },
    submitTopologyWithOpts: async ({ options, ...submission }) => {
      await service.submit(toSubmitRequest(submission, toOptions(options), inbox));
      return undefined;
    },
    killTopology: ({ name }) => done(service.kill(name, null)),
    killTopologyWithOpts: ({ name, options }) =>
      done(service.kill(name, options.wait_secs ?? null)),
    activate: ({ name }) => done(service.activate(name)),
    deactivate: ({ name }) => done(service.deactivate(name)),
    rebalance: ({ name, options }) => done(service.rebalance(name, toRebalanceRequest(options))),
    setLogConfig: ({ name, config }) => done(service.changeLogLevels(name, toChanges(config))),
    uploadNewCredentials: ({ name, creds }) => {
      if (creds.topoOwner !== undefined) checkOwner(service, name, creds.topoOwner);
      return done(service.uploadCredentials(name, creds.creds));
    },
  };
}

const defaults = { initialStatus: 'ACTIVE', credentials: null } as const;

type SubmitOptions = Parameters<NimbusHandlers['submitTopologyWithOpts']>[0]['options'];

function toOptions({ initial_status: initialStatus, creds }: SubmitOptions) {
  return { initialStatus, credentials: creds?.creds ?? null };
}

type FileCalls = Pick<
  NimbusHandlers,
  'beginFileUpload' | 'uploadChunk' | 'finishFileUpload' | 'beginFileDownload' | 'downloadChunk'
>;

function files({ inbox, downloads }: NimbusParts): FileCalls {
  return {
    beginFileUpload: () => inbox.begin(),
    // The next chunk comes while this one is being written.
    uploadChunk: ({ location, chunk }, { afterReply }) =>
      done(inbox.append(location, chunk, afterReply)),
    finishFileUpload: ({ location }) => done(inbox.finish(location)),
    beginFileDownload: ({ file }) => downloads.begin(file),
    downloadChunk: ({ id }) => downloads.next(id),
  };
}

type Answers = Omit<NimbusHandlers, keyof Commands | keyof FileCalls | keyof typeof pageMethods>;

function answers({ service, config, identity }: NimbusParts): Answers {
  const infoOf = (id: string, errors: Parameters<typeof toTopologyInfo>[2]) =>
    toTopologyInfo(service.describe(id), service.statistics(id).executorList, errors);
  return {
    getNimbusConf: () => redact(config).toJson(),
    getClusterInfo: () => toClusterSummary(service.cluster(), identity()),
    getTopologyInfo: ({ id }) => infoOf(id, 'ALL'),
    getTopologyInfoWithOpts: ({ id, options }) => infoOf(id, options.num_err_choice ?? 'ALL'),
    getTopologyConf: ({ id }) => withoutOldPlugins(redact(service.describe(id).config)).toJson(),
    getTopology: ({ id }) => fromModel(redacted(service.describe(id).systemTopology)),
    getLogConfig: ({ name }) => toLogConfig(service.logLevels(name)),
    getUserTopology: ({ id }) => fromModel(redacted(service.describe(id).topology)),
  };
}

/** As clients may see it; workers read the file of it, which hides nothing. */
function redacted(topology: Topology): Topology {
  const components = topology.components.map((each) => ({ ...each, config: redact(each.config) }));
  return { ...topology, components };
}

type RebalanceOptions = Parameters<NimbusHandlers['rebalance']>[0]['options'];

function toRebalanceRequest(options: RebalanceOptions): RebalanceRequest {
  const executors = options.num_executors ?? new Map<string, number>();
  return {
    waitSecs: options.wait_secs ?? null,
    workers: options.num_workers ?? null,
    executors: new Map(Array.from(executors, ([id, count]) => [componentId(id), count])),
    overrides: toOverrides(options),
  };
}

/** @throws InvalidTopologyError for what a rebalance does not do here */
function toOverrides({
  topology_resources_overrides: resources,
  topology_conf_overrides: json,
}: RebalanceOptions): StormConf {
  if (resources !== undefined && resources.size > 0) {
    throw new InvalidTopologyError(
      'a rebalance cannot change resources: executors are placed by slots alone',
    );
  }
  try {
    return json === undefined ? StormConf.empty : StormConf.fromClient(json);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidTopologyError(`the configuration of a rebalance cannot be read: ${reason}`);
  }
}

/** Who says whose topology he means is told when it is not. @throws AuthorizationError */
function checkOwner(service: TopologyService, name: string, expected: string): void {
  const topology = service.cluster().topologies.find((each) => each.name === name);
  if (topology === undefined || topology.owner === expected) return;
  throw new AuthorizationError(
    `${name} is expected to be owned by ${expected} but is actually owned by ${topology.owner || 'nobody'}`,
  );
}

/**
 * A client of another generation takes this for its own configuration and would look for classes
 * of the topology's: what only names Storm's default is left out.
 */
function withoutOldPlugins(config: StormConf): StormConf {
  return config.filter(
    (key) =>
      !clientPlugins.has(key) || !String(config.get(key)).startsWith('backtype.storm.security.'),
  );
}

const clientPlugins: ReadonlySet<string> = new Set([
  'storm.thrift.transport',
  'storm.principal.tolocal',
  'storm.group.mapping.service',
]);

async function done(work: Promise<unknown>): Promise<undefined> {
  await work;
}
