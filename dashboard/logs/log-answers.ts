/** What a line says of itself; null where it says nothing, such as a line that user code prints. */
export interface LogFacts {
  /** As it is written. */
  readonly time: string | null;
  readonly level: string | null;
  readonly logger: string | null;
  /** The component whose thread wrote it, or the message that it belongs to. */
  readonly component: string | null;
  /** Null too where that thread has several. */
  readonly task: number | null;
}

export interface LogLine extends LogFacts {
  /** Of the worker. */
  readonly port: number;
  readonly line: string;
}

/** A line that was found, and where it begins. */
export interface FoundLine extends LogLine {
  /** Name of the file, beside the worker's other ones. */
  readonly file: string;
  /** Bytes. */
  readonly offset: number;
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
