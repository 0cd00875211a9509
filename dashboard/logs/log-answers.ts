/** A line that was found, and where it begins. */
export interface FoundLine {
  readonly port: number;
  /** Name of the file, beside the worker's other ones. */
  readonly file: string;
  /** Bytes. */
  readonly offset: number;
  readonly line: string;
}

export interface LogSearchAnswer {
  /** Oldest first for each worker. */
  readonly lines: readonly FoundLine[];
  /** false: there were more, of which the newest are here. */
  readonly complete: boolean;
}

/** A line with those before and after it. */
export interface LogWindowAnswer {
  readonly before: readonly string[];
  readonly line: string;
  readonly after: readonly string[];
}
