import type { Tuple } from '../../storm-api/builder/index.ts';
import { unwrapAll } from '../../storm-api/values/index.ts';

/** One tree that a tuple belongs to, and the tuple's edge in it. */
export interface RootEdge {
  readonly spoutTask: number;
  /** Life of the spout's executor: a delta for an earlier one is dropped. */
  readonly incarnation: number;
  readonly sequence: number;
  high: number;
  low: number;
}

export interface Source {
  readonly component: string;
  readonly stream: string;
  readonly fields: readonly string[];
}

/** A tuple on its way or held by a bolt. */
export class NativeTuple implements Tuple<unknown> {
  readonly exact: readonly unknown[];
  readonly sourceTask: number;
  readonly #source: Source;
  #values: Readonly<Record<string, unknown>> | null = null;

  readonly targetTask: number;
  /** Empty for a tuple that nobody tracks. */
  readonly roots: readonly RootEdge[];
  /** XOR of the edges of what was emitted with this tuple as its anchor. */
  childrenHigh = 0;
  childrenLow = 0;

  constructor(
    source: Source,
    sourceTask: number,
    targetTask: number,
    exact: readonly unknown[],
    roots: readonly RootEdge[],
  ) {
    this.#source = source;
    this.sourceTask = sourceTask;
    this.targetTask = targetTask;
    this.exact = exact;
    this.roots = roots;
  }

  get sourceComponent(): string {
    return this.#source.component;
  }

  get sourceStream(): string {
    return this.#source.stream;
  }

  get list(): readonly unknown[] {
    return unwrapAll(this.exact);
  }

  /** A null-prototype object: a field may be called `__proto__`. */
  get values(): Readonly<Record<string, unknown>> {
    this.#values ??= named(this.#source.fields, this.list);
    return this.#values;
  }
}

function named(fields: readonly string[], list: readonly unknown[]) {
  const values = Object.create(null) as Record<string, unknown>;
  fields.forEach((field, index) => {
    values[field] = list[index];
  });
  return Object.freeze(values);
}
