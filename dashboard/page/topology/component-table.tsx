import type { ComponentLine } from '../../live/messages.ts';
import { count, latency, percent, rate } from '../format.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { SharesBar } from '../widgets/shares-bar.tsx';
import type { TopologyView } from './topology-view.ts';

/** Every component with its numbers; a name leads to its executors. */
export function ComponentTable(props: {
  readonly view: TopologyView;
  readonly onSelect: (id: string) => void;
}) {
  const { now, selected } = props.view;
  const columns: readonly Column<ComponentLine>[] = [
    {
      title: 'Component',
      cell: ({ id }) => (
        <button type="button" class="link" onClick={() => props.onSelect(id)}>
          {id}
        </button>
      ),
    },
    { title: 'Kind', cell: ({ kind }) => kind },
    { title: 'Executors', isNumber: true, cell: ({ executors }) => executors },
    { title: 'Busy', cell: ({ shares }) => <SharesBar shares={shares} /> },
    { title: 'Emitted', isNumber: true, cell: ({ rates }) => rate(rates.emitted) },
    { title: 'Executed', isNumber: true, cell: ({ rates }) => rate(rates.executed) },
    { title: 'Acked', isNumber: true, cell: ({ totals }) => count(totals.acked) },
    {
      title: 'Failed',
      isNumber: true,
      cell: ({ totals }) => (
        <span class={totals.failed > 0 ? 'bad-text' : ''}>{count(totals.failed)}</span>
      ),
    },
    { title: 'p50', isNumber: true, cell: (each) => latency(mainSpread(each)?.p50) },
    { title: 'p95', isNumber: true, cell: (each) => latency(mainSpread(each)?.p95) },
    { title: 'p99', isNumber: true, cell: (each) => latency(mainSpread(each)?.p99) },
    { title: 'max', isNumber: true, cell: (each) => latency(mainSpread(each)?.max) },
    {
      title: 'Waiting',
      isNumber: true,
      cell: ({ queue, kind }) => (queue === null || kind === 'spout' ? '–' : count(queue.tuples)),
    },
    { title: 'Capacity', isNumber: true, cell: ({ capacity }) => percent(capacity) },
  ];
  return (
    <section class="card" aria-label="Components">
      <h2>Components</h2>
      <DataTable
        label="All components"
        columns={columns}
        rows={now.components}
        keyOf={({ id }) => id}
        classOf={({ id }) => (id === selected ? 'selected' : '')}
      />
      <p class="hint">
        Rates are of the last ten seconds, latencies of the last minute: a bolt’s of execute, a
        spout’s of whole trees. Counts are exact, latencies of a sample.
      </p>
    </section>
  );
}

function mainSpread(line: ComponentLine) {
  return line.kind === 'spout' ? line.complete : line.execute;
}
