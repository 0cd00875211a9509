import type { Clock } from '../../runtime/native/index.ts';
import type { Fetched, FetchLimits, KafkaReader } from '../driver/kafka-driver.ts';
import type { Complaints } from './complaints.ts';
import type { PartitionWindow } from './partition-window.ts';
import { backOffMs } from './retry-queue.ts';

/** A broker may wait so long for the first record when every partition is asked for. */
const patientWaitMs = 500;
/** And so long when there is more to be had of the partitions that are left out. */
const shortWaitMs = 10;
const answerBytesMax = 16 * 1024 * 1024;
/** What a partition may hold beyond one answer. */
const answersBuffered = 2;
const failureBackOff = { initialMs: 100, maxMs: 5_000 };

/** What the fetcher tells the spout, in the event loop's own turns. */
export interface FetchOutcome {
  onRecords(window: PartitionWindow): void;
  /** Nothing came, for a reason that the fetcher leaves to the spout. */
  onProblem(window: PartitionWindow, fetched: Fetched): void;
  /** Leaders have changed, or brokers do not answer. */
  onMoved(): void;
}

/** Keeps the windows filled: one request under way at a time at each broker that leads some. */
export class Fetcher {
  readonly #reader: KafkaReader;
  readonly #clock: Clock;
  readonly #complaints: Complaints;
  readonly #outcome: FetchOutcome;
  readonly #bytes: number;
  readonly #asked = new Set<number>();
  #windows: readonly PartitionWindow[] = [];
  #isClosed = false;
  /** Where the list of partitions begins in the next request: an answer has room for the first ones. */
  #turn = 0;
  #callOff = () => {};

  constructor(
    tools: { readonly reader: KafkaReader; readonly clock: Clock; readonly complaints: Complaints },
    outcome: FetchOutcome,
    bytes: number,
  ) {
    this.#reader = tools.reader;
    this.#clock = tools.clock;
    this.#complaints = tools.complaints;
    this.#outcome = outcome;
    this.#bytes = bytes;
  }

  /** What is to be read from now on. */
  read(windows: readonly PartitionWindow[]): void {
    this.#windows = windows;
    this.wake();
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
  }

  /** True when this window has room that a wake would fill. */
  wants(window: PartitionWindow): boolean {
    return window.bufferedBytes < this.#bytes * answersBuffered;
  }

  /** Asks every broker that leads a window with room and is not being asked. */
  wake(): void {
    if (this.#isClosed) return;
    const nowMs = this.#clock.now();
    let nextMs = Number.POSITIVE_INFINITY;
    const leaders = new Map<number, PartitionWindow[]>();
    for (const window of this.#windows) {
      if (window.isAsked || window.leader < 0) continue;
      if (this.#asked.has(window.leader) || !this.wants(window)) continue;
      if (window.notBeforeMs > nowMs) nextMs = Math.min(nextMs, window.notBeforeMs);
      else add(leaders, window);
    }
    for (const [leader, windows] of leaders) void this.#fetch(leader, windows);
    this.#callOff();
    if (nextMs < Number.POSITIVE_INFINITY) {
      this.#callOff = this.#clock.after(nextMs - nowMs, () => this.wake());
    }
  }

  /** Not again for a while, the longer the more often it fails. */
  putOff(window: PartitionWindow): void {
    window.failures += 1;
    window.notBeforeMs = this.#clock.now() + backOffMs(failureBackOff, window.failures);
  }

  async #fetch(leader: number, windows: readonly PartitionWindow[]): Promise<void> {
    this.#asked.add(leader);
    for (const window of windows) window.isAsked = true;
    try {
      const fetched = await this.#reader.fetch(
        leader,
        this.#places(windows),
        this.#limits(leader, windows),
      );
      if (!this.#isClosed) for (const each of fetched) this.#take(windows, each);
    } catch (error) {
      if (!this.#isClosed) this.#onError(windows, error);
    } finally {
      this.#asked.delete(leader);
      for (const window of windows) window.isAsked = false;
      this.wake();
    }
  }

  #places(windows: readonly PartitionWindow[]) {
    this.#turn = (this.#turn + 1) % windows.length;
    const turned = [...windows.slice(this.#turn), ...windows.slice(0, this.#turn)];
    return turned.map(({ topic, partition, fetchOffset }) => ({
      topic,
      partition,
      offset: fetchOffset,
    }));
  }

  #limits(leader: number, asked: readonly PartitionWindow[]): FetchLimits {
    const led = this.#windows.filter((window) => window.leader === leader).length;
    return {
      waitMs: asked.length === led ? patientWaitMs : shortWaitMs,
      bytesMax: answerBytesMax,
      partitionBytesMax: this.#bytes,
    };
  }

  #take(windows: readonly PartitionWindow[], fetched: Fetched): void {
    const window = windows.find(
      ({ topic, partition }) => topic === fetched.topic && partition === fetched.partition,
    );
    if (window === undefined || !this.#windows.includes(window)) return;
    window.toldMs = this.#clock.now();
    if (fetched.problem === null || fetched.records.length > 0) {
      window.add(fetched);
      window.failures = 0;
      this.#complaints.over(String(window));
      if (fetched.records.length > 0) this.#outcome.onRecords(window);
    }
    if (fetched.problem !== null) this.#outcome.onProblem(window, fetched);
  }

  #onError(windows: readonly PartitionWindow[], error: unknown): void {
    for (const window of windows) this.putOff(window);
    const [first] = windows;
    const where = windows.length > 1 ? `${first} and ${windows.length - 1} more` : String(first);
    const why = error instanceof Error ? error.message : String(error);
    this.#complaints.ongoing(`fetch ${first}`, `${where} at offset ${first?.fetchOffset}: ${why}`);
    this.#outcome.onMoved();
  }
}

function add(leaders: Map<number, PartitionWindow[]>, window: PartitionWindow): void {
  const windows = leaders.get(window.leader);
  if (windows === undefined) leaders.set(window.leader, [window]);
  else windows.push(window);
}
