import type { TimedOutTrees } from '../wire/index.ts';

const pauseMs = 10_000;
const nothing: TimedOutTrees = { trees: 0, followed: 0, holders: [] };

/**
 * Says which components kept the trees of one spout executor from their end; at most once in ten
 * seconds, and then of all since the last time.
 */
export class TimeoutLog {
  readonly #spout: string;
  readonly #say: (sentence: string) => void;
  #said = nothing;
  #nextMs: number;

  constructor(spout: string, nowMs: number, say: (sentence: string) => void) {
    this.#spout = spout;
    this.#nextMs = nowMs;
    this.#say = say;
  }

  /** @param now all that timed out since the start */
  sayIfDue(nowMs: number, now: TimedOutTrees): void {
    if (nowMs < this.#nextMs || now.trees === this.#said.trees) return;
    this.#nextMs = nowMs + pauseMs;
    this.#say(this.#sentence(now));
    this.#said = now;
  }

  #sentence(now: TimedOutTrees): string {
    const trees = `${now.trees - this.#said.trees} tuple trees of spout ${this.#spout} timed out`;
    const followed = now.followed - this.#said.followed;
    if (followed === 0) return trees;
    const holders = this.#newHolders(now);
    const where = holders === '' ? 'every tuple was acked' : `these were not acked: ${holders}`;
    return `${trees}; of the ${followed} that were followed ${where}`;
  }

  #newHolders(now: TimedOutTrees): string {
    const before = new Map(this.#said.holders.map((each) => [each.component, each.tuples]));
    return now.holders
      .map(({ component, tuples }) => ({ component, more: tuples - (before.get(component) ?? 0) }))
      .filter(({ more }) => more > 0)
      .map(({ component, more }) => `${more} by ${component}`)
      .join(', ');
  }
}
