import type { DrpcFunctionSummary } from '../storm-api/index.ts';

const titles = [
  ...['Function', 'Waiting', 'In_flight', 'Served', 'Failed', 'Timed_out', 'Cancelled'],
  ...['p50_ms', 'p95_ms', 'p99_ms', 'max_ms', 'Topologies'],
];

/** What became of DRPC requests, a line per function; latencies are those of the latest results. */
export function drpcTable(functions: readonly DrpcFunctionSummary[]): string {
  if (functions.length === 0) return 'No functions served or called.\n';
  const rows = [titles, ...functions.map(cells)];
  const widths = titles.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' '))
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}

function cells(summary: DrpcFunctionSummary): readonly string[] {
  const { waiting, inFlight, served, failed, timedOut, cancelled, latencyMs } = summary;
  const { p50, p95, p99, max } = latencyMs ?? {};
  return [
    JSON.stringify(summary.function).slice(1, -1), // callers choose it
    ...[waiting, inFlight, served, failed, timedOut, cancelled].map(String),
    ...[p50, p95, p99, max].map((ms) => (ms === undefined ? '-' : ms.toFixed(1))),
    summary.topologies.join(',') || '-',
  ];
}
