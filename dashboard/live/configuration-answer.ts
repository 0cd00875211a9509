/** One key; values are JSON, those of secrets replaced. */
export interface ConfigurationLine {
  readonly key: string;
  readonly value: string;
  /** What Storm's defaults have; null where they have nothing. */
  readonly fallback: string | null;
  readonly isChanged: boolean;
}

export interface ConfigurationAnswer {
  readonly lines: readonly ConfigurationLine[];
}
