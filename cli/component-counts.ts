/** What one component has done so far. */
export interface ComponentCounts {
  readonly component: string;
  readonly emitted: number;
  readonly executed: number;
  readonly acked: number;
  readonly failed: number;
}

/** Of more of them no line can be read. */
const lineComponentsMax = 12;

/** One line for the first components, without what is still nothing; the table has all of them. */
export function countsLine(rows: readonly ComponentCounts[]): string {
  const parts = rows
    .slice(0, lineComponentsMax)
    .map(
      ({ component, emitted, executed, acked, failed }) =>
        `${component} emitted ${emitted}${executed > 0 ? ` executed ${executed}` : ''}${acked + failed > 0 ? ` acked ${acked} failed ${failed}` : ''}`,
    );
  const left = rows.length - parts.length;
  return `${parts.join(', ')}${left > 0 ? ` and ${left} more components` : ''}\n`;
}

/** A table with a row for every component. */
export function countsTable(rows: readonly ComponentCounts[]): string {
  const cells = rows.map(({ component, emitted, executed, acked, failed }) =>
    [component, emitted, executed, acked, failed].map(String),
  );
  const all = [['component', 'emitted', 'executed', 'acked', 'failed'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0)),
  );
  const text = (row: readonly string[]) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return `${all.map((row) => text(row).trimEnd()).join('\n')}\n`;
}
