import type { Clock } from '../../runtime/native/index.ts';
import type { BoltLimits } from './bolt-options.ts';

/**
 * Collects what is to be written: a batch goes when it is full or old enough, one after the other,
 * and what comes meanwhile is the next one.
 */
export class Batches<Item> {
  readonly #limits: BoltLimits;
  readonly #clock: Clock;
  readonly #write: (items: readonly Item[]) => Promise<void>;
  #waiting: Item[] = [];
  /** Of the batch that is being written. */
  #writing = 0;
  #isTimed = false;
  #callOff = () => {};
  #room: (() => void)[] = [];
  #idle: (() => void)[] = [];

  /** @param write does not throw */
  constructor(limits: BoltLimits, clock: Clock, write: (items: readonly Item[]) => Promise<void>) {
    this.#limits = limits;
    this.#clock = clock;
    this.#write = write;
  }

  /** A promise of room, when there is no more. */
  add(item: Item): Promise<void> | undefined {
    this.#waiting.push(item);
    if (this.#waiting.length >= this.#limits.batchMax) this.#begin();
    else if (!this.#isTimed && this.#writing === 0) {
      this.#isTimed = true;
      this.#callOff = this.#clock.after(this.#limits.lingerMs, () => this.#begin());
    }
    if (this.#waiting.length + this.#writing < this.#limits.unwrittenMax) return undefined;
    return new Promise((resolve) => this.#room.push(resolve));
  }

  /** Resolves when nothing is unwritten. */
  flush(): Promise<void> {
    this.#begin();
    if (this.#writing === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #begin(): void {
    this.#callOff();
    this.#isTimed = false;
    if (this.#writing > 0 || this.#waiting.length === 0) return;
    const items = this.#waiting.splice(0, this.#limits.batchMax);
    this.#writing = items.length;
    void this.#write(items).then(() => this.#onWritten());
  }

  #onWritten(): void {
    this.#writing = 0;
    this.#begin();
    const { unwrittenMax } = this.#limits;
    if (this.#waiting.length + this.#writing < unwrittenMax) release(this.#room);
    if (this.#writing === 0) release(this.#idle);
  }
}

function release(waiting: (() => void)[]): void {
  for (const resolve of waiting.splice(0)) resolve();
}
