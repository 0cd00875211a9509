import type { Rates } from '../../../storm-api/index.ts';
import type { ExecutorStats, InputStreamCount, StreamCount } from '../../wire/index.ts';

const parts = ['acked', 'failed', 'executed'] as const;
type Part = (typeof parts)[number];

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
  /** By part and source, then stream: names of inputs are long to make. */
  readonly #inputs = new Map<string, Map<string, InputPlaces>>();

  constructor(names: readonly string[] = []) {
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  get names(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** @param stats null: nothing was counted yet */
  rowOf(stats: ExecutorStats | null): CountRow {
    if (stats === null) return [];
    const row: number[] = [];
    for (const part of ['emitted', 'transferred'] as const) {
      for (const { stream, count } of stats[part]) row[this.#placeOf(`${part} ${stream}`)] = count;
    }
    for (const part of parts) {
      for (const each of stats[part]) {
        const places = this.#placesOf(part, each);
        row[places.count] = each.count;
        row[places.totalMs] = each.totalMs;
        row[places.sampled] = each.sampled;
      }
    }
    return Array.from(row, (value) => value ?? 0);
  }

  /** What was counted after the row; streams without anything new are left out. */
  since(base: CountRow, stats: ExecutorStats): ExecutorStats {
    const at = (place: number | undefined) => base[place ?? -1] ?? 0;
    const streams = (part: 'emitted' | 'transferred') =>
      stats[part].map(({ stream, count }) => {
        return { stream, count: count - at(this.#places.get(`${part} ${stream}`)) };
      });
    const emitted = streams('emitted').filter(hasCount);
    const isAlive = new Set(emitted.map(({ stream }) => stream));
    const inputs = (part: Part) =>
      stats[part].map((each) => lessBase(each, this.#placesOf(part, each), at)).filter(hasCount);
    return {
      ...stats,
      emitted,
      transferred: streams('transferred').filter(({ stream }) => isAlive.has(stream)),
      acked: inputs('acked'),
      failed: inputs('failed'),
      executed: inputs('executed'),
    };
  }

  /** What was counted after the row, Storm's own streams left out. */
  sumsSince(base: CountRow, stats: ExecutorStats): Rates {
    const ofStreams = (part: 'emitted' | 'transferred') => {
      let sum = 0;
      for (const { stream, count } of stats[part]) {
        const place = this.#places.get(`${part} ${stream}`) ?? -1;
        if (!stream.startsWith('__')) sum += count - (base[place] ?? 0);
      }
      return sum;
    };
    const ofInputs = (part: Part) => {
      let sum = 0;
      for (const each of stats[part]) {
        const { count } = this.#placesOf(part, each);
        if (!each.stream.startsWith('__')) sum += each.count - (base[count] ?? 0);
      }
      return sum;
    };
    return {
      emitted: ofStreams('emitted'),
      transferred: ofStreams('transferred'),
      executed: ofInputs('executed'),
      acked: ofInputs('acked'),
      failed: ofInputs('failed'),
    };
  }

  #placesOf(part: Part, { source, stream }: InputStreamCount): InputPlaces {
    const streams = this.#streamsOf(`${part} ${source}`);
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

  #streamsOf(partOfSource: string): Map<string, InputPlaces> {
    const known = this.#inputs.get(partOfSource);
    if (known !== undefined) return known;
    const streams = new Map<string, InputPlaces>();
    this.#inputs.set(partOfSource, streams);
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

function hasCount({ count }: StreamCount | InputStreamCount): boolean {
  return count > 0;
}
