import type { ExecutorStats, InputStreamCount, StreamCount } from '../../wire/index.ts';

const parts = ['acked', 'failed', 'executed'] as const;

/** An executor's counts as numbers in a row; each number's place is that of its name. */
export type CountRow = readonly number[];

/** Names the places of one executor's counts; new ones are added behind the others. */
export class CountColumns {
  readonly #places: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  get names(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** @param stats null: nothing was counted yet */
  rowOf(stats: ExecutorStats | null): CountRow {
    const row: number[] = [];
    if (stats === null) return row;
    const put = (name: string, value: number) => {
      row[this.#placeOf(name)] = value;
    };
    for (const { stream, count } of stats.emitted) put(`emitted ${stream}`, count);
    for (const { stream, count } of stats.transferred) put(`transferred ${stream}`, count);
    for (const part of parts) {
      for (const each of stats[part]) {
        const name = nameOf(part, each);
        put(`${name} count`, each.count);
        put(`${name} ms`, each.totalMs);
        put(`${name} sampled`, each.sampled);
      }
    }
    return Array.from(row, (value) => value ?? 0);
  }

  /** What was counted after the row; streams without anything new are left out. */
  since(base: CountRow, stats: ExecutorStats): ExecutorStats {
    const at = (name: string) => base[this.#places.get(name) ?? -1] ?? 0;
    const streams = (part: 'emitted' | 'transferred') =>
      stats[part].map(({ stream, count }) => ({ stream, count: count - at(`${part} ${stream}`) }));
    const emitted = streams('emitted').filter(({ count }) => count > 0);
    const isAlive = new Set(emitted.map(({ stream }) => stream));
    const inputs = (part: (typeof parts)[number]) =>
      stats[part].map((each) => lessBase(each, nameOf(part, each), at)).filter(hasCount);
    return {
      ...stats,
      emitted,
      transferred: streams('transferred').filter(({ stream }) => isAlive.has(stream)),
      acked: inputs('acked'),
      failed: inputs('failed'),
      executed: inputs('executed'),
    };
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(name, place);
    return place;
  }
}

function nameOf(part: string, { source, stream }: InputStreamCount): string {
  return JSON.stringify([part, source, stream]);
}

function lessBase(
  each: InputStreamCount,
  name: string,
  at: (name: string) => number,
): InputStreamCount {
  return {
    ...each,
    count: each.count - at(`${name} count`),
    totalMs: each.totalMs - at(`${name} ms`),
    sampled: each.sampled - at(`${name} sampled`),
  };
}

function hasCount({ count }: StreamCount | InputStreamCount): boolean {
  return count > 0;
}
