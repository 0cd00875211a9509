import type { Clock } from '../../clock.ts';
import { Queue } from '../queue.ts';

const thinnedPerSecond = 1000;
const bufferedTuplesMax = 65_536;
const bufferedCharsMax = 64 * 1024 * 1024;
const frameTuplesMax = 256;
const frameCharsMax = 1024 * 1024;

/**
 * One live look at a component: between the executors that emit and the connection. Its memory is
 * bounded whatever control does; what does not fit is counted.
 */
export class Peek {
  readonly #id: number;
  readonly #all: boolean;
  readonly #clock: Clock;
  readonly #buffer = new Queue<string>();
  #bufferedChars = 0;
  #missed = 0;
  #secondStartMs: number;
  #inThisSecond = 0;

  /** @param all buffers instead of thinning */
  constructor(id: number, all: boolean, clock: Clock) {
    this.#id = id;
    this.#all = all;
    this.#clock = clock;
    this.#secondStartMs = clock.now();
  }

  /** Whether to convert the next tuple at all; counts it as missed when not. */
  admits(): boolean {
    const admitted = this.#buffer.size < bufferedTuplesMax && (this.#all || this.#isInTime());
    if (!admitted) this.#missed += 1;
    return admitted;
  }

  /** Takes a tuple as JSON text. A single one that is too large for a frame is missed. */
  add(tuple: string): void {
    const fits =
      tuple.length <= frameCharsMax && this.#bufferedChars + tuple.length <= bufferedCharsMax;
    if (!fits) {
      this.#missed += 1;
      return;
    }
    this.#buffer.push(tuple);
    this.#bufferedChars += tuple.length;
  }

  /** The line of the next frame; null when there is nothing to tell. */
  nextLine(): string | null {
    if (this.#buffer.size === 0 && this.#missed === 0) return null;
    const tuples: string[] = [];
    let chars = 0;
    while (tuples.length < frameTuplesMax) {
      const next = this.#buffer.peek();
      if (next === undefined || (tuples.length > 0 && chars + next.length > frameCharsMax)) break;
      this.#buffer.shift();
      tuples.push(next);
      chars += next.length;
    }
    this.#bufferedChars -= chars;
    const missed = this.#missed;
    this.#missed = 0;
    return `{"type":"peek-tuples","id":${this.#id},"tuples":[${tuples.join(',')}],"missed":${missed}}\n`;
  }

  #isInTime(): boolean {
    const nowMs = this.#clock.now();
    if (nowMs - this.#secondStartMs >= 1000) {
      this.#secondStartMs = nowMs;
      this.#inThisSecond = 0;
    }
    this.#inThisSecond += 1;
    return this.#inThisSecond <= thinnedPerSecond;
  }
}
