import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  type ComponentId,
  type Credentials,
  componentId,
  type DrpcSpout,
  InvalidTopologyError,
  type StormConf,
  type StormId,
  type SubmitRequest,
} from '../../storm-api/index.ts';
import {
  type ExecutionPlan,
  type HostKind,
  multilangSerializer,
  type ShellCommand,
  type Translation,
  withShells,
} from '../../translator/index.ts';
import type { Deployment } from '../engines/index.ts';
import { type InspectedComponent, type InspectionRequest, wireVersion } from '../wire/index.ts';
import type { BlobFolder } from './blob-folder.ts';
import { ErrorBook } from './error-book.ts';
import { systemCode } from './errors.ts';
import { findGeneration, type Generations } from './generations.ts';
import type { KeptTexts } from './live-topology.ts';
import type { LocalDirectory } from './local-directory.ts';
import { parseKept } from './parse-kept.ts';
import { statePlaces } from './state-places.ts';
import { StatisticsBook } from './statistics/statistics-book.ts';
import { topologyClassPath } from './topology-class-path.ts';
import { type StoredTopology, type TopologyCodec, TopologyFiles } from './topology-files.ts';
import type { TopologyRecord } from './topology-record.ts';
import { unpackLimits } from './unpack-resources.ts';

/** Loads every component that a host runs, in a process of its own. @throws InvalidTopologyError */
type Inspect = (
  host: HostKind,
  request: Omit<InspectionRequest, 'reportFile'>,
  folder: string,
) => Promise<readonly InspectedComponent[]>;

/** May change what was unpacked; the result is put over the workers' environment. */
export type AfterUnpack = (resourcesDir: string) => Promise<Readonly<Record<string, string>>>;

export interface SubmissionOptions {
  readonly directory: LocalDirectory;
  readonly blobs: BlobFolder;
  readonly codec: TopologyCodec;
  readonly generations: Generations;
  readonly inspect: Inspect;
  readonly afterUnpack: AfterUnpack;
  /** Bytes that the resources of a jar, or its program, may unpack to. */
  readonly unpackedBytesMax: number;
}

export interface PreparedTopology {
  readonly deployment: Deployment;
  readonly drpcSpouts: readonly DrpcSpout[];
  readonly statePlaces: readonly string[];
}

const fullDisk = 'the disk of storm.local.dir is full';
const storageProblems: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', fullDisk],
  ['EDQUOT', fullDisk],
  ['EACCES', 'storm.local.dir cannot be written'],
  ['EPERM', 'storm.local.dir cannot be written'],
  ['EROFS', 'storm.local.dir cannot be written'],
]);

/** Which classes are needed, and where they are. */
const namesOfClasses = ['topology.auto.task.hooks', 'topology.classpath'];

/** Turns translated submissions into files that workers can be started from, or into nothing. */
export class Submission {
  readonly #options: SubmissionOptions;

  constructor(options: SubmissionOptions) {
    this.#options = options;
  }

  /**
   * Stores and inspects. Nothing is left behind when it rejects.
   * @throws InvalidTopologyError
   */
  async prepare(translation: Translation, request: SubmitRequest): Promise<PreparedTopology> {
    const { blobs, codec } = this.#options;
    const { stormId } = translation.plan;
    try {
      await this.#files(stormId).write(translation, request, blobs, codec);
      const stored = { ...translation, hasJar: request.jarFile !== null };
      const [deployment, components] = await both(this.deploy(stored), this.#inspect(stored));
      const plan = await this.#withShells(translation, components);
      return {
        deployment: { ...deployment, plan },
        drpcSpouts: components.flatMap(drpcSpouts),
        statePlaces: components.flatMap((each) =>
          statePlaces(each.transactionalIds, translation.config),
        ),
      };
    } catch (error) {
      await this.discard(stormId);
      throw asStorageProblem(error);
    }
  }

  /** The plan as it is to be run, now that it is known which Java classes only start a subprocess. */
  async #withShells(
    translation: Translation,
    components: readonly InspectedComponent[],
  ): Promise<ExecutionPlan> {
    const commands = components.flatMap(shellCommand);
    if (commands.length === 0) return translation.plan;
    const plan = withShells(translation, new Map(commands));
    await this.replacePlan(plan);
    return plan;
  }

  /** What an engine needs to run a topology whose files are in place. */
  async deploy(stored: StoredTopology): Promise<Deployment> {
    const { plan, config, hasJar } = stored;
    const files = this.#files(plan.stormId);
    const paths = this.#paths(plan, config, hasJar);
    const environment = await this.#options.afterUnpack(files.resources);
    return { plan, config, files, ...paths, environment: new Map(Object.entries(environment)) };
  }

  /**
   * Whether the topology's classes would be found with another configuration, before it is in force.
   * @throws InvalidTopologyError
   */
  async check({ plan, config: present }: Deployment, config: StormConf): Promise<void> {
    if (namesOfClasses.every((key) => config.text(key) === present.text(key))) return;
    const { hasJar } = this.#files(plan.stormId);
    await this.#inspect({ plan, config, hasJar });
  }

  /** Removes every file of a topology that is not, or no longer, accepted. */
  async discard(stormId: StormId): Promise<void> {
    await this.#files(stormId).remove();
    await this.#options.blobs.removeUnused();
  }

  /** @throws Error when a file that the topology was accepted with is not there */
  async read({ stormId, hasJar }: Pick<TopologyRecord, 'stormId' | 'hasJar'>) {
    return this.#files(stormId).read(this.#options.codec, hasJar);
  }

  /** Durable when it resolves. */
  async replacePlan(plan: ExecutionPlan): Promise<void> {
    await this.#files(plan.stormId).replacePlan(plan);
  }

  /** Durable when it resolves. @returns what the topology runs with from now on */
  async replaceConfig(deployment: Deployment, config: StormConf): Promise<Deployment> {
    const files = this.#files(deployment.plan.stormId);
    await files.replaceConfig(config);
    return { ...deployment, config, ...this.#paths(deployment.plan, config, files.hasJar) };
  }

  /** Durable when it resolves. */
  async replaceCredentials(stormId: StormId, credentials: Credentials): Promise<void> {
    await this.#files(stormId).replaceCredentials(credentials);
  }

  /** Each part of them begins anew when there is none, or its file cannot be read. */
  readStatistics(stormId: StormId, onUnreadable: (error: unknown) => void): StatisticsBook {
    const { counts, countWindows } = this.#files(stormId);
    const kept = { counts: () => textOf(counts), windows: () => textOf(countWindows) };
    return StatisticsBook.read(kept, onUnreadable);
  }

  /** Begins anew like them. @param hostName of the errors to come */
  readErrors(
    stormId: StormId,
    hostName: string,
    onUnreadable: (error: unknown) => void,
  ): ErrorBook {
    const { errors } = this.#files(stormId);
    const parse = (text: string) => ErrorBook.parse(text, hostName);
    return parseKept(() => textOf(errors), parse, onUnreadable) ?? ErrorBook.empty(hostName);
  }

  /** Replaces the files of what is not null as a whole; small enough to be written on the spot. */
  writeStatistics(stormId: StormId, { counts, windows, errors }: KeptTexts): void {
    const files = this.#files(stormId);
    if (errors !== null) replaceFile(files.errors, errors);
    if (counts !== null) replaceFile(files.counts, counts);
    if (windows !== null) replaceFile(files.countWindows, windows);
  }

  /** null when the topology brought no jar. */
  jarOf(stormId: StormId): string | null {
    const files = this.#files(stormId);
    return files.hasJar ? files.jar : null;
  }

  #files(stormId: StormId): TopologyFiles {
    const { directory, unpackedBytesMax } = this.#options;
    return new TopologyFiles(directory.topology(stormId), unpackLimits(unpackedBytesMax));
  }

  #paths({ stormId, generation }: ExecutionPlan, config: StormConf, hasJar: boolean) {
    const { classPath, bridgePath } = findGeneration(this.#options.generations, generation);
    const jar = hasJar ? [this.#files(stormId).jar] : [];
    return { classPath: [...classPath, ...jar, ...topologyClassPath(config)], bridgePath };
  }

  /** A host that has nothing to run is not started. */
  async #inspect({
    plan,
    config,
    hasJar,
  }: Pick<StoredTopology, 'plan' | 'config' | 'hasJar'>): Promise<readonly InspectedComponent[]> {
    const { topology: topologyFile, program: programFile, folder } = this.#files(plan.stormId);
    const { generation } = plan;
    const paths = this.#paths(plan, config, hasJar);
    const files = { topologyFile, programFile, ...paths };
    const classes = { shellClasses: shellClasses(config), hookClasses: hookClasses(config) };
    const request = { wireVersion, generation, ...files, ...classes };
    const reports = await Promise.all(
      userHosts(plan).map((host) => this.#options.inspect(host, request, folder)),
    );
    return reports.flat();
  }
}

/** Of metrics consumers, which are ours to add, nothing is inspected, nor of subprocesses. */
function userHosts({ processors }: ExecutionPlan): readonly HostKind[] {
  const users = processors.filter(({ kind, shell }) => kind !== 'system' && shell === null);
  return (['java', 'native'] as const).filter((kind) => users.some(({ host }) => host === kind));
}

/** A translation refuses whatever else the key could hold. */
function hookClasses(config: StormConf): readonly string[] {
  return config.stringList('topology.auto.task.hooks') ?? [];
}

/** A serializer that is a class of the topology keeps its components in Java. */
function shellClasses(config: StormConf): readonly string[] {
  const serializer = config.get('topology.multilang.serializer');
  const isOurs = typeof serializer !== 'string' || multilangSerializer(serializer) !== null;
  return isOurs ? [] : [serializer];
}

/** Rejects only once both are over: what failed is cleared away under nobody's feet. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return Promise.all([first, second]);
}

function drpcSpouts({ id, className, drpcFunctions }: InspectedComponent): readonly DrpcSpout[] {
  if (className === null || drpcFunctions.length === 0) return [];
  return [{ component: componentId(id), className, functions: drpcFunctions }];
}

function shellCommand({
  id,
  shellCommand: command,
}: InspectedComponent): readonly (readonly [ComponentId, ShellCommand])[] {
  return command === null ? [] : [[componentId(id), { command, environment: {} }]];
}

/** null when there is no such file. */
function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function asStorageProblem(error: unknown): unknown {
  const problem = storageProblems.get(systemCode(error) ?? '');
  return problem === undefined
    ? error
    : new InvalidTopologyError(`the topology cannot be stored: ${problem}`, { cause: error });
}
