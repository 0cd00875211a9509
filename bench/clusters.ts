import { join } from 'node:path';
import { projectRoot } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { GearstormCluster } from './gearstorm-cluster.ts';
import { StormPeer } from './peers/storm-peer.ts';

/** All Storms of one run: each is started when it is first needed and runs until the end. */
export class Clusters {
  /** Also those that are only being started. */
  readonly #known: Cluster[] = [];
  readonly #peers = new Map<string, StormPeer>();
  #ours: GearstormCluster | undefined;
  #stopped: Promise<void> | undefined;

  async ours(): Promise<GearstormCluster> {
    this.#ours ??= await this.#start(await GearstormCluster.prepare());
    return this.#ours;
  }

  async peer(version: string): Promise<StormPeer> {
    const running = this.#peers.get(version);
    if (running !== undefined) return running;
    const { PEERS_HOME: cache = join(projectRoot, '.peers') } = process.env;
    const clientClassPath = await (await this.ours()).clientClassPath();
    const peer = await this.#start(await StormPeer.prepare({ version, cache, clientClassPath }));
    this.#peers.set(version, peer);
    return peer;
  }

  /** Ends everything, also what is only being started; a second call waits for the first. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stopAll();
    return this.#stopped;
  }

  async #start<Kind extends GearstormCluster | StormPeer>(cluster: Kind): Promise<Kind> {
    this.#known.push(cluster);
    try {
      if (this.#stopped !== undefined) throw new Error('this run is being stopped');
      await cluster.start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  async #stopAll(): Promise<void> {
    const ends = await Promise.allSettled(this.#known.map((cluster) => cluster.stop()));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}
