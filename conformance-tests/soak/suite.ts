/** What every suite is told. */
export interface SoakOptions {
  /** The same seed does the same things, at about the same moments. */
  readonly seed: number;
  readonly minutes: number;
  readonly say: (line: string) => void;
}

/** What a suite found out. */
export interface Outcome {
  /** Sentences; empty when every promise was kept. */
  readonly violations: readonly string[];
  /** Counts and measurements for the result file. */
  readonly facts: object;
}

export type Suite = (options: SoakOptions) => Promise<Outcome>;
