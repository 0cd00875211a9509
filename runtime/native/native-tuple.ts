import type { Tuple } from '../../storm-api/builder/index.ts';
import { unwrapAll } from '../../storm-api/values/index.ts';
import type { RootEdge } from './root.ts';

/** One stream of one component: what all its tuples have in common. */
export interface Source {
  readonly component: string;
  readonly stream: string;
  readonly fields: readonly string[];
  /** Position of the stream among those of its component, sorted by id: its number on the wire. */
  readonly number: number;
  /** Position among all streams of the topology. */
  readonly index: number;
  /** An object with these values by field. */
  readonly named: (list: readonly unknown[]) => Readonly<Record<string, unknown>>;
}

/** Hears of every tuple that was taken out of a mailbox; one that came over a link has one. */
export interface Taken {
  onTaken(tuple: NativeTuple): void;
}

/** A tuple on its way or held by a bolt. Of one tree it has the facts itself: most have one. */
export class NativeTuple implements Tuple<unknown> {
  readonly exact: readonly unknown[];
  readonly source: Source;
  readonly sourceTask: number;
  readonly targetTask: number;
  rootTask = 0;
  /** 0 when it has no tree, or several. */
  rootHigh = 0;
  rootLow = 0;
  edgeHigh = 0;
  edgeLow = 0;
  /** Several trees; null when there is at most one. */
  roots: readonly RootEdge[] | null = null;
  /** XOR of the edges of what was emitted with this tuple as its anchor. */
  childrenHigh = 0;
  childrenLow = 0;
  /**
   * When it came into its mailbox; once it is taken, when its execution began. 0 when that latency is
   * not sampled.
   */
  startMs = 0;
  /** Who has taken it and neither acked nor failed it, and its neighbours there. */
  holder: object | null = null;
  previous: NativeTuple | null = null;
  next: NativeTuple | null = null;
  /** Of the link that it came over; null for one of this process. */
  link: Taken | null = null;
  /** What it takes on that link; of one of this process by estimate. */
  bytes = 0;
  #values: Readonly<Record<string, unknown>> | null = null;

  constructor(source: Source, sourceTask: number, targetTask: number, exact: readonly unknown[]) {
    this.source = source;
    this.sourceTask = sourceTask;
    this.targetTask = targetTask;
    this.exact = exact;
  }

  get isTracked(): boolean {
    return this.rootHigh !== 0 || this.roots !== null;
  }

  get sourceComponent(): string {
    return this.source.component;
  }

  get sourceStream(): string {
    return this.source.stream;
  }

  get list(): readonly unknown[] {
    return unwrapAll(this.exact);
  }

  get values(): Readonly<Record<string, unknown>> {
    this.#values ??= this.source.named(this.list);
    return this.#values;
  }

  setRoot(root: Pick<NativeTuple, 'rootTask' | 'rootHigh' | 'rootLow'>): void {
    this.rootTask = root.rootTask;
    this.rootHigh = root.rootHigh;
    this.rootLow = root.rootLow;
  }

  /** Its trees are these; one of them is kept as its own facts. */
  setRoots(roots: readonly RootEdge[]): void {
    const [only] = roots;
    if (only === undefined) return;
    if (roots.length > 1) {
      this.roots = roots;
      return;
    }
    this.rootTask = only.task;
    this.rootHigh = only.high;
    this.rootLow = only.low;
    this.edgeHigh = only.edgeHigh;
    this.edgeLow = only.edgeLow;
  }

  /** As a list, whichever way it is kept. */
  allRoots(): readonly RootEdge[] {
    if (this.roots !== null) return this.roots;
    if (this.rootHigh === 0) return [];
    const { rootTask: task, rootHigh: high, rootLow: low, edgeHigh, edgeLow } = this;
    return [{ task, high, low, edgeHigh, edgeLow }];
  }
}

/**
 * Makes the function that names a list's values by these fields, in objects of one shape, so that
 * reading them is quick. A field `__proto__` costs that.
 */
export function naming(fields: readonly string[]): Source['named'] {
  const isOdd = fields.includes('__proto__');
  return (list) => {
    const values = (isOdd ? Object.create(null) : {}) as Record<string, unknown>;
    for (let index = 0; index < fields.length; index++) {
      values[fields[index] as string] = list[index];
    }
    return values;
  };
}
