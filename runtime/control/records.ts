import type { StormId } from '../../storm-api/index.ts';
import type { WorkerLedger, WorkerRecord } from '../engines/index.ts';
import type { MetadataStore } from '../store/index.ts';
import { RecordError } from './errors.ts';
import {
  decodeTopologyRecord,
  encodeTopologyRecord,
  type TopologyRecord,
} from './topology-record.ts';

const topologyPrefix = 'topology/';
const workerPrefix = 'worker/';
const submissionCountKey = 'submissions';
const homeKey = 'home';

/** What the control plane keeps in the store; every write bears its epoch. */
export class Records implements WorkerLedger {
  readonly #store: MetadataStore;
  readonly #epoch: number;
  #submissionCount = 0;

  private constructor(store: MetadataStore, epoch: number) {
    this.#store = store;
    this.#epoch = epoch;
  }

  static async open(store: MetadataStore, epoch: number): Promise<Records> {
    const records = new Records(store, epoch);
    records.#submissionCount = Number((await store.get(submissionCountKey)) ?? 0);
    return records;
  }

  /** The N of Storm's topology ids; never the same twice, restarts included. */
  async nextSubmission(): Promise<number> {
    const count = ++this.#submissionCount;
    await this.#store.put(this.#epoch, submissionCountKey, String(count));
    return count;
  }

  /** The storm.local.dir with the files of what the store knows; null before the first start. */
  static async home(store: MetadataStore): Promise<string | null> {
    return await store.get(homeKey);
  }

  async putHome(path: string): Promise<void> {
    await this.#store.put(this.#epoch, homeKey, path);
  }

  /** @throws RecordError rather than to leave one out: its files would be cleared away. */
  static async topologiesIn(store: MetadataStore): Promise<readonly TopologyRecord[]> {
    return [...(await store.list(topologyPrefix))].map(([key, text]) => {
      try {
        return decodeTopologyRecord(text);
      } catch (cause) {
        throw new RecordError(
          `the store's record ${key} cannot be read: was it written by another version of gearstorm?`,
          { cause },
        );
      }
    });
  }

  topologies(): Promise<readonly TopologyRecord[]> {
    return Records.topologiesIn(this.#store);
  }

  async putTopology(record: TopologyRecord): Promise<void> {
    await this.#store.put(
      this.#epoch,
      topologyPrefix + record.stormId,
      encodeTopologyRecord(record),
    );
  }

  async removeTopology(stormId: StormId): Promise<void> {
    await this.#store.delete(this.#epoch, topologyPrefix + stormId);
  }

  async list(): Promise<readonly WorkerRecord[]> {
    const texts = (await this.#store.list(workerPrefix)).values();
    return [...texts].map((text) => JSON.parse(text) as WorkerRecord);
  }

  async put(record: WorkerRecord): Promise<void> {
    const key = workerKey(record.stormId, record.workerIndex);
    await this.#store.put(this.#epoch, key, JSON.stringify(record));
  }

  async remove(stormId: StormId, workerIndex: number): Promise<void> {
    await this.#store.delete(this.#epoch, workerKey(stormId, workerIndex));
  }
}

function workerKey(stormId: StormId, workerIndex: number): string {
  return `${workerPrefix}${stormId}/${workerIndex}`;
}
