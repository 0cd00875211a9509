/** What Storm's `list` shows of a topology. */
export interface ListedTopology {
  readonly name: string;
  readonly status: string;
  readonly tasks: number;
  readonly workers: number;
  readonly uptimeSecs: number;
  /** Why it does not run as it was meant to; null when it does. */
  readonly problem: string | null;
}

const widths = [20, 10, 10, 12, 10] as const;
const titles = ['Topology_name', 'Status', 'Num_tasks', 'Num_workers', 'Uptime_secs'] as const;
const dashes = '-'.repeat(67);

/**
 * The table that Storm 0.9's `list` prints, byte for byte: scripts parse it. What is wrong with a
 * topology follows below an empty line.
 */
export function topologyTable(topologies: readonly ListedTopology[]): string {
  if (topologies.length === 0) return 'No topologies running.\n';
  const rows = topologies.map(({ name, status, tasks, workers, uptimeSecs }) =>
    row([name, status, tasks, workers, uptimeSecs]),
  );
  const problems = topologies.flatMap(({ name, problem }) =>
    problem === null ? [] : [`${name}: ${problem}`],
  );
  const below = problems.length === 0 ? [] : ['', ...problems];
  return [row(titles), dashes, ...rows, ...below].map((line) => `${line}\n`).join('');
}

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => String(cell).padEnd(widths[index] ?? 0)).join(' ');
}
