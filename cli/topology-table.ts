/** What Storm's `list` shows of a topology. */
export interface ListedTopology {
  readonly name: string;
  readonly status: string;
  readonly tasks: number;
  readonly workers: number;
  readonly uptimeSecs: number;
}

const widths = [20, 10, 10, 12, 10] as const;
const titles = ['Topology_name', 'Status', 'Num_tasks', 'Num_workers', 'Uptime_secs'] as const;
const dashes = '-'.repeat(67);

/** The table that Storm 0.9's `list` prints, byte for byte: scripts parse it. */
export function topologyTable(topologies: readonly ListedTopology[]): string {
  if (topologies.length === 0) return 'No topologies running.\n';
  const rows = topologies.map(({ name, status, tasks, workers, uptimeSecs }) =>
    row([name, status, tasks, workers, uptimeSecs]),
  );
  return [row(titles), dashes, ...rows].map((line) => `${line}\n`).join('');
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(' ');
}
