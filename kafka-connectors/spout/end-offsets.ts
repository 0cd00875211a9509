import type { Clock } from '../../runtime/native/index.ts';
import type { KafkaReader } from '../driver/kafka-driver.ts';
import type { PartitionWindow } from './partition-window.ts';

const everyMs = 2_000;
/** After a broker could not be asked: to ask it makes all connections of the reader anew. */
const afterFailureMs = 30_000;

/**
 * Keeps the lag true of partitions that are not fetched because they hold enough: a topology that is
 * slow, or not active, is the one whose lag somebody wants to see.
 */
export class EndOffsets {
  readonly #reader: KafkaReader;
  readonly #clock: Clock;
  #windows: readonly PartitionWindow[] = [];
  #isClosed = false;
  #callOff: () => void;

  constructor({ reader, clock }: { readonly reader: KafkaReader; readonly clock: Clock }) {
    this.#reader = reader;
    this.#clock = clock;
    this.#callOff = clock.after(everyMs, () => void this.#look());
  }

  watch(windows: readonly PartitionWindow[]): void {
    this.#windows = windows;
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
  }

  async #look(): Promise<void> {
    const sinceMs = this.#clock.now() - everyMs;
    const quiet = this.#windows.filter(
      ({ leader, isAsked, toldMs }) => leader >= 0 && !isAsked && toldMs < sinceMs,
    );
    let againMs = everyMs;
    for (const leader of new Set(quiet.map((window) => window.leader))) {
      const led = quiet.filter((window) => window.leader === leader);
      if (!(await this.#ask(led))) againMs = afterFailureMs;
    }
    if (!this.#isClosed) this.#callOff = this.#clock.after(againMs, () => void this.#look());
  }

  /** False when the broker could not be asked; whoever has to fetch from it says so. */
  async #ask(windows: readonly PartitionWindow[]): Promise<boolean> {
    try {
      const ends = await this.#reader.offsetsAt(windows, 'latest');
      for (const [index, window] of windows.entries()) {
        window.endOffset = Math.max(window.endOffset, ends[index] ?? 0);
      }
      return true;
    } catch {
      return false;
    }
  }
}
