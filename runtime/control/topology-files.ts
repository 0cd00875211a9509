import { existsSync } from 'node:fs';
import { access, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Credentials,
  StormConf,
  type SubmitRequest,
  type Topology,
} from '../../storm-api/index.ts';
import type { ExecutionPlan, Translation } from '../../translator/index.ts';
import { replaceDurably, syncFolder, writeDurably } from '../durable-file.ts';
import type { DeploymentFiles } from '../engines/index.ts';
import type { BlobFolder } from './blob-folder.ts';
import { readStoredPlan } from './stored-plan.ts';
import { type UnpackLimits, unpackProgram, unpackResources } from './unpack-resources.ts';

/** Name of the file that a client puts the program of native components into. */
const programFileName = 'program.mjs';

/** Storm's own binary form of a topology, which workers read. */
export interface TopologyCodec {
  encode(topology: Topology): Uint8Array;
  decode(bytes: Uint8Array, facts: Pick<Topology, 'name' | 'generation' | 'config'>): Topology;
}

/** What the files of an accepted topology say. */
export interface StoredTopology {
  readonly plan: ExecutionPlan;
  readonly topology: Topology;
  readonly config: StormConf;
  /** Topologies whose components need no class bring none. */
  readonly hasJar: boolean;
}

/** Whether there are components that are no Java classes but parts of a program. */
function hasNative({ components }: Topology): boolean {
  return components.some(({ implementation }) => implementation.kind === 'native');
}

/** The folder of one topology. */
export class TopologyFiles implements DeploymentFiles {
  readonly folder: string;
  readonly #limits: UnpackLimits;

  /** @param limits of what a jar may unpack to */
  constructor(folder: string, limits: UnpackLimits) {
    this.folder = folder;
    this.#limits = limits;
  }

  get jar(): string {
    return join(this.folder, 'topology.jar');
  }

  get hasJar(): boolean {
    return existsSync(this.jar);
  }

  get topology(): string {
    return join(this.folder, 'topology.thrift');
  }

  get systemTopology(): string {
    return join(this.folder, 'system-topology.thrift');
  }

  get plan(): string {
    return join(this.folder, 'plan.json');
  }

  get config(): string {
    return join(this.folder, 'config.json');
  }

  get credentials(): string {
    return join(this.folder, 'credentials.json');
  }

  /** What the executors counted; a convenience, not needed to run. */
  get counts(): string {
    return join(this.folder, 'counts.json');
  }

  /** What they had counted earlier; as little needed. */
  get countWindows(): string {
    return join(this.folder, 'count-windows.json');
  }

  /** What its components reported; as little needed. */
  get errors(): string {
    return join(this.folder, 'errors.json');
  }

  get resources(): string {
    return join(this.folder, 'resources');
  }

  get program(): string {
    return join(this.folder, 'program', programFileName);
  }

  /** Makes the folder and puts everything into it; all of it survives a power cut. */
  async write(
    translation: Translation,
    { jarFile, credentials }: SubmitRequest,
    blobs: BlobFolder,
    codec: TopologyCodec,
  ): Promise<void> {
    await mkdir(this.folder, { mode: 0o700 });
    if (jarFile === null) {
      await mkdir(this.resources, { mode: 0o700 });
    } else {
      await blobs.takeIn(jarFile, this.jar);
      await unpackResources(this.jar, this.resources, this.#limits);
      if (hasNative(translation.topology)) {
        await unpackProgram(this.jar, dirname(this.program), this.#limits);
      }
    }
    await writeDurably(this.topology, codec.encode(translation.topology));
    await writeDurably(this.systemTopology, codec.encode(translation.systemTopology));
    if (credentials !== null) await this.replaceCredentials(credentials);
    await writeDurably(this.plan, JSON.stringify(translation.plan));
    await writeDurably(this.config, translation.config.toJson());
    await syncFolder(this.folder);
    await syncFolder(dirname(this.folder));
  }

  async replacePlan(plan: ExecutionPlan): Promise<void> {
    await replaceDurably(this.plan, JSON.stringify(plan));
  }

  async replaceConfig(config: StormConf): Promise<void> {
    await replaceDurably(this.config, config.toJson());
  }

  async replaceCredentials(credentials: Credentials): Promise<void> {
    await replaceDurably(this.credentials, JSON.stringify(Object.fromEntries(credentials)));
  }

  /**
   * @param hasJar whether it was accepted with one; null: nobody wrote it down
   * @throws Error for a file that is not there, as the system says it
   */
  async read(codec: TopologyCodec, hasJar: boolean | null): Promise<StoredTopology> {
    await access(this.systemTopology);
    if (hasJar === true) await access(this.jar);
    const [bytes, planText, configText] = await Promise.all([
      readFile(this.topology),
      readFile(this.plan, 'utf8'),
      readFile(this.config, 'utf8'),
    ]);
    const plan = readStoredPlan(planText);
    if (JSON.stringify(plan) !== planText) await this.replacePlan(plan); // workers read it too
    const config = StormConf.fromJson(configText);
    const { topologyName: name, generation } = plan;
    const topology = codec.decode(bytes, { name, generation, config });
    if (this.hasJar) await this.#unpackMissing(topology);
    return { plan, config, hasJar: hasJar ?? this.hasJar, topology };
  }

  /** Whole folders only: a file in one may have been changed on purpose. */
  async #unpackMissing(topology: Topology): Promise<void> {
    await unpackWhole(this.resources, (folder) => unpackResources(this.jar, folder, this.#limits));
    if (!hasNative(topology)) return;
    await unpackWhole(dirname(this.program), (folder) =>
      unpackProgram(this.jar, folder, this.#limits),
    );
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What is half there after a kill -9 would be taken for all of it. */
async function unpackWhole(
  folder: string,
  unpack: (folder: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  const beside = `${folder}.new`;
  await rm(beside, { recursive: true, force: true });
  await unpack(beside);
  if (existsSync(beside)) await rename(beside, folder);
}
