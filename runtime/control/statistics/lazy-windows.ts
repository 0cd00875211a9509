import {
  type StatisticsWindow,
  statisticsWindows,
  type WindowCounts,
  type Windows,
} from '../../../storm-api/index.ts';

/** The counts of every window, each worked out when it is first asked for: most readers want one. */
export class LazyWindows implements Windows {
  readonly size = statisticsWindows.length;
  readonly #countsIn: (window: StatisticsWindow) => WindowCounts;
  readonly #known = new Map<StatisticsWindow, WindowCounts>();

  constructor(countsIn: (window: StatisticsWindow) => WindowCounts) {
    this.#countsIn = countsIn;
  }

  get(window: StatisticsWindow): WindowCounts | undefined {
    return this.has(window) ? this.#in(window) : undefined;
  }

  has(window: StatisticsWindow): boolean {
    return statisticsWindows.includes(window);
  }

  forEach(
    call: (
      counts: WindowCounts,
      window: StatisticsWindow,
      all: ReadonlyMap<StatisticsWindow, WindowCounts>,
    ) => void,
  ): void {
    for (const [window, counts] of this) call(counts, window, this);
  }

  keys(): MapIterator<StatisticsWindow> {
    return statisticsWindows.values();
  }

  values(): MapIterator<WindowCounts> {
    return statisticsWindows.map((window) => this.#in(window)).values();
  }

  entries(): MapIterator<[StatisticsWindow, WindowCounts]> {
    const pairs = statisticsWindows.map((window): [StatisticsWindow, WindowCounts] => [
      window,
      this.#in(window),
    ]);
    return pairs.values();
  }

  [Symbol.iterator](): MapIterator<[StatisticsWindow, WindowCounts]> {
    return this.entries();
  }

  #in(window: StatisticsWindow): WindowCounts {
    const known = this.#known.get(window);
    if (known !== undefined) return known;
    const counts = this.#countsIn(window);
    this.#known.set(window, counts);
    return counts;
  }
}
