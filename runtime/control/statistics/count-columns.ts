import type { ExecutorStats, InputStreamCount, StreamCount } from '../../wire/index.ts';

const parts = ['acked', 'failed', 'executed'] as const;
type Part = (typeof parts)[number];
const streamParts = ['emitted', 'transferred'] as const;
type StreamPart = (typeof streamParts)[number];

/** Where the numbers of one input stream stand in a row. */
interface InputPlaces {
  readonly count: number;
  readonly totalMs: number;
  readonly sampled: number;
}

/** An executor's counts as numbers in a row; each number's place is that of its name. */
export type CountRow = readonly number[];

/** Names the places of one executor's counts; new ones are added behind the others. */
export class CountColumns {
  readonly #places: Map<string, number>;
  /** Places that were looked up before: names are long to make. */
  readonly #streams = {
    emitted: new Map<string, number>(),
    transferred: new Map<string, number>(),
  };
  /** By source, then stream. */
  readonly #inputs: Readonly<Record<Part, Map<string, Map<string, InputPlaces>>>> = {
    acked: new Map(),
    failed: new Map(),
    executed: new Map(),
  };

  constructor(names: readonly string[] = []) {
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  get names(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** @param stats null: nothing was counted yet */
  rowOf(stats: ExecutorStats | null): CountRow {
    if (stats === null) return [];
    const row = new Array<number>(this.#places.size).fill(0);
    for (const part of streamParts) {
      for (const { stream, count } of stats[part])
        put(row, this.#placeOfStream(part, stream), count);
    }
    for (const part of parts) {
      for (const each of stats[part]) {
        const places = this.#placesOf(part, each);
        put(row, places.count, each.count);
        put(row, places.totalMs, each.totalMs);
        put(row, places.sampled, each.sampled);
      }
    }
    return row;
  }

  /** What was counted after the row; streams without anything new are left out. */
  since(base: CountRow, stats: ExecutorStats): ExecutorStats {
    const at = (place: number) => base[place] ?? 0;
    const streams = (part: StreamPart) =>
      stats[part].map(({ stream, count }) => {
        return { stream, count: count - at(this.#placeOfStream(part, stream)) };
      });
    const emitted = streams('emitted').filter(hasCount);
    const isAlive = new Set(emitted.map(({ stream }) => stream));
    return {
      ...stats,
      emitted,
      transferred: streams('transferred').filter(({ stream }) => isAlive.has(stream)),
      acked: this.#inputsSince(base, 'acked', stats),
      failed: this.#inputsSince(base, 'failed', stats),
      executed: this.#inputsSince(base, 'executed', stats),
    };
  }

  /** How long what was executed after the row took, in milliseconds: its count by the mean of its sample. */
  executeMsSince(base: CountRow, stats: ExecutorStats): number {
    let spentMs = 0;
    for (const each of stats.executed) {
      const places = this.#placesOf('executed', each);
      const sampled = each.sampled - (base[places.sampled] ?? 0);
      const totalMs = each.totalMs - (base[places.totalMs] ?? 0);
      const count = each.count - (base[places.count] ?? 0);
      if (sampled > 0) spentMs += (count * totalMs) / sampled;
    }
    return spentMs;
  }

  #inputsSince(base: CountRow, part: Part, stats: ExecutorStats): readonly InputStreamCount[] {
    const at = (place: number) => base[place] ?? 0;
    return stats[part]
      .map((each) => lessBase(each, this.#placesOf(part, each), at))
      .filter(hasCount);
  }

  #placeOfStream(part: StreamPart, stream: string): number {
    const known = this.#streams[part].get(stream);
    if (known !== undefined) return known;
    const place = this.#placeOf(`${part} ${stream}`);
    this.#streams[part].set(stream, place);
    return place;
  }

  #placesOf(part: Part, { source, stream }: InputStreamCount): InputPlaces {
    const streams = this.#streamsOf(part, source);
    const known = streams.get(stream);
    if (known !== undefined) return known;
    const name = JSON.stringify([part, source, stream]);
    const places = {
      count: this.#placeOf(`${name} count`),
      totalMs: this.#placeOf(`${name} ms`),
      sampled: this.#placeOf(`${name} sampled`),
    };
    streams.set(stream, places);
    return places;
  }

  #streamsOf(part: Part, source: string): Map<string, InputPlaces> {
    const known = this.#inputs[part].get(source);
    if (known !== undefined) return known;
    const streams = new Map<string, InputPlaces>();
    this.#inputs[part].set(source, streams);
    return streams;
  }

  #placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(name, place);
    return place;
  }
}

function lessBase(
  each: InputStreamCount,
  places: InputPlaces,
  at: (place: number) => number,
): InputStreamCount {
  return {
    ...each,
    count: each.count - at(places.count),
    totalMs: each.totalMs - at(places.totalMs),
    sampled: each.sampled - at(places.sampled),
  };
}

/** A row has no holes. */
function put(row: number[], place: number, value: number): void {
  while (row.length < place) row.push(0);
  row[place] = value;
}

function hasCount({ count }: StreamCount | InputStreamCount): boolean {
  return count > 0;
}
