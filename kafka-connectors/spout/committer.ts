import type { Clock } from '../../runtime/native/index.ts';
import type { KafkaReader } from '../driver/kafka-driver.ts';
import type { Complaints } from './complaints.ts';
import type { CommitPoint, PartitionWindow } from './partition-window.ts';

/** Brokers forget what a group without members has committed, after days: it is said again. */
const repeatMs = 3_600_000;

export interface CommitterOptions {
  readonly group: string;
  readonly metadata: string;
  readonly everyMs: number;
  /** See SourceOptions. */
  readonly uncommittedMax: number;
  onCommitted(window: PartitionWindow): void;
}

/** Commits how far the windows are, from time to time: never past a message that is not done. */
export class Committer {
  readonly #reader: KafkaReader;
  readonly #clock: Clock;
  readonly #complaints: Complaints;
  readonly #options: CommitterOptions;
  #windows: readonly PartitionWindow[] = [];
  #underWay: Promise<void> = Promise.resolve();
  #isHurried = false;
  #repeatedMs: number;
  #callOff: () => void;

  constructor(
    tools: { readonly reader: KafkaReader; readonly clock: Clock; readonly complaints: Complaints },
    options: CommitterOptions,
  ) {
    this.#reader = tools.reader;
    this.#clock = tools.clock;
    this.#complaints = tools.complaints;
    this.#options = options;
    this.#repeatedMs = tools.clock.now();
    this.#callOff = tools.clock.after(options.everyMs, () => this.#onTime());
  }

  watch(windows: readonly PartitionWindow[]): void {
    this.#windows = windows;
  }

  /** Resolves when what is done by now is committed, or was refused. */
  commit(): Promise<void> {
    this.#underWay = this.#underWay.then(() => this.#commitNow());
    return this.#underWay;
  }

  /** Commits before its time when the window would have to wait for it soon. */
  look(window: PartitionWindow): void {
    if (this.#isHurried || window.unsaid * 2 < this.#options.uncommittedMax) return;
    this.#isHurried = true;
    void this.commit().then(() => {
      this.#isHurried = false;
    });
  }

  close(): void {
    this.#callOff();
  }

  #onTime(): void {
    void this.commit().then(() => {
      this.#callOff();
      this.#callOff = this.#clock.after(this.#options.everyMs, () => this.#onTime());
    });
  }

  async #commitNow(): Promise<void> {
    const nowMs = this.#clock.now();
    const repeats = nowMs - this.#repeatedMs >= repeatMs;
    const due = this.#windows
      .map((window) => ({ window, point: window.reached }))
      .filter(({ window, point }) => repeats || point.offset !== window.committedOffset);
    if (due.length === 0) return;
    if (!(await this.#tell(due))) return;
    for (const { window, point } of due) {
      window.wasCommitted(point);
      this.#options.onCommitted(window);
    }
    if (repeats) this.#repeatedMs = nowMs;
  }

  /** False when it was refused, which is reported. */
  async #tell(due: readonly Due[]): Promise<boolean> {
    const { group, metadata } = this.#options;
    const offsets = due.map(({ window: { topic, partition }, point: { offset } }) => {
      return { topic, partition, offset };
    });
    try {
      await this.#reader.commit(group, offsets, metadata);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const [first] = due;
      const where = `${first?.window} at offset ${first?.point.offset}`;
      this.#complaints.ongoing('commit', `${why} (${where}; it will be tried again)`);
      return false;
    }
    this.#complaints.over('commit');
    return true;
  }
}

interface Due {
  readonly window: PartitionWindow;
  readonly point: CommitPoint;
}
