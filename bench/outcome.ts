import type { Cluster, Sides } from './cluster.ts';

/** Values against seconds. */
export type Series = readonly (readonly [number, number])[];

/** What a reader needs to know to repeat a measurement. */
export type Conditions = Readonly<Record<string, string | number>>;

/** A quantity that is measured on every side. */
export interface Quantity<Sample> {
  readonly name: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  readonly config: Conditions;
  of(sample: Sample): number;
}

/** Samples of one quantity, ours beside those of one Storm. */
export interface Outcome {
  readonly name: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  readonly peer: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
  readonly config: Conditions;
  /** How it went over time, where that is the point. */
  readonly series?: { readonly ours: Series; readonly theirs: Series };
}

/** How long a comparison takes, set-up of the peers left out. */
export interface Minutes {
  readonly quick: number;
  readonly full: number;
}

export interface Comparison {
  readonly name: string;
  /** One sentence for `--help`. */
  readonly about: string;
  readonly minutes: Minutes;
  /** The versions of Storm that it compares with. */
  readonly peers: readonly string[];
  run(sides: Sides, quick: boolean): Promise<readonly Outcome[]>;
}

export interface Samples<Sample> {
  readonly ours: readonly Sample[];
  readonly peers: ReadonlyMap<string, readonly Sample[]>;
}

const ourName = 'gearstorm';

/**
 * Measures `rounds` times on all sides in turn, so that a busy minute of the machine hits all. A
 * side that fails is left out from then on; its earlier samples count.
 */
export async function interleaved<Sample>(
  sides: Sides,
  rounds: number,
  measure: (cluster: Cluster) => Promise<Sample>,
): Promise<Samples<Sample>> {
  const turns = [[ourName, sides.ours] as const, ...sides.peers].map(([name, cluster]) => {
    return { name, cluster, samples: [] as Sample[], failed: false };
  });
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns.filter(({ failed }) => !failed)) {
      try {
        turn.samples.push(await measure(turn.cluster));
      } catch (error) {
        turn.failed = true;
        sides.onFailure(turn.name, error);
      }
    }
  }
  const [ours, ...peers] = turns;
  return {
    ours: ours?.samples ?? [],
    peers: new Map(peers.map(({ name, samples }) => [name, samples])),
  };
}

/** The quantity beside each Storm; none where a side has no samples. */
export function outcomesOf<Sample>(
  { ours, peers }: Samples<Sample>,
  { name, unit, better, config, of }: Quantity<Sample>,
): readonly Outcome[] {
  return [...peers]
    .filter(([, theirs]) => ours.length > 0 && theirs.length > 0)
    .map(([peer, theirs]) => {
      return { name, unit, better, peer, ours: ours.map(of), theirs: theirs.map(of), config };
    });
}
