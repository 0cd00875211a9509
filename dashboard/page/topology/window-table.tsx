import type { Counts, CountsWindow, WindowLine } from '../../live/counts-answers.ts';
import { count, latency } from '../format.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { windowNames } from './windows.ts';

/** What was counted in each of Storm's windows; choosing one shows the rest of it. */
export function WindowTable(props: {
  readonly windows: readonly WindowLine[];
  readonly chosen: CountsWindow;
  readonly choose: (window: CountsWindow) => void;
  /** Behind the counts. */
  readonly more?: readonly Column<WindowLine>[];
}) {
  const { windows, chosen, choose, more = [] } = props;
  const columns: readonly Column<WindowLine>[] = [
    {
      title: 'Window',
      cell: ({ window }) => (
        <button
          type="button"
          class="link"
          aria-pressed={window === chosen}
          onClick={() => choose(window)}
        >
          {windowNames.get(window)}
        </button>
      ),
    },
    ...countColumns,
    ...more,
  ];
  return (
    <DataTable
      label="Counts by window"
      columns={columns}
      rows={windows}
      keyOf={({ window }) => window}
      classOf={({ window }) => (window === chosen ? 'selected' : '')}
    />
  );
}

const amounts = ['emitted', 'transferred', 'executed', 'acked', 'failed'] as const;

/** The same in every table of counts. */
export const countColumns: readonly Column<Counts>[] = amounts.map((name) => ({
  title: `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`,
  isNumber: true,
  cell: (counts) => amount(counts[name]),
}));

/** A count that may not be known yet. */
function amount(value: number | null): string {
  return value === null ? '–' : count(value);
}

/** The mean latency of so many; of none there is none. */
export function meanOf(ms: number | null, of: number | null): string {
  return latency(of === null || of === 0 ? null : ms);
}
