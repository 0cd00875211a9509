/** A tuple as a bolt receives it. */
export interface Tuple<Values = Readonly<Record<string, unknown>>> {
  /** By field name, as the source declared the stream. */
  readonly values: Values;
  /** In the order of the fields. */
  readonly list: readonly unknown[];
  /** As `list`, but with Java's Double and Integer told from Long: instances of Double and Int. */
  readonly exact: readonly unknown[];
  readonly sourceComponent: string;
  readonly sourceTask: number;
  readonly sourceStream: string;
}
