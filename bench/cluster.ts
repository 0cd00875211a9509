/** A running Storm, ours or a real one, as a comparison sees it. */
export interface Cluster {
  /** Runs a main of the jar as `storm jar` does. @throws Error with its output when it fails */
  submit(jar: string, main: string, ...words: readonly string[]): Promise<void>;
  /** Runs a main against the cluster with Storm's 0.9.7 client classes, and returns its output. */
  runClient(jar: string, main: string, ...words: readonly string[]): Promise<string>;
  /** Kills a topology without a wait and returns when it and its workers are gone. */
  killAndWait(topology: string): Promise<void>;
  /** What runs without any topology. */
  daemonPids(): Promise<readonly number[]>;
  workerPids(): Promise<readonly number[]>;
  /** The jar with `acme.bench.Sol` and `acme.bench.WordCount` in this Storm's own classes. */
  benchJar(): Promise<string>;
  stop(): Promise<void>;
}

/** Both sides of a comparison, running at the same time on the same machine. */
export interface Sides {
  readonly ours: Cluster;
  readonly theirs: Cluster;
}

/** Samples of one quantity on both sides. */
export interface Outcome {
  readonly name: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  /** What a reader needs to know to repeat it. */
  readonly config: Readonly<Record<string, string | number>>;
}

export interface Comparison {
  readonly name: string;
  /** The versions of Storm that it compares with. */
  readonly peers: readonly string[];
  run(sides: Sides, quick: boolean): Promise<readonly Outcome[]>;
}

/** The quantity `n` times on both sides in turn, so that a busy minute of the machine hits both. */
export async function interleaved(
  sides: Sides,
  rounds: number,
  measure: (cluster: Cluster) => Promise<readonly number[]>,
): Promise<{ ours: readonly number[]; theirs: readonly number[] }> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(...(await measure(sides.ours)));
    theirs.push(...(await measure(sides.theirs)));
  }
  return { ours, theirs };
}
