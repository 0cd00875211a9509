import { useState } from 'preact/hooks';
import type { ComponentLine, GraphMessage } from '../../live/messages.ts';
import { count, latency, percent, rate } from '../format.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { matches, NameFilter } from '../widgets/name-filter.tsx';
import { SharesBar } from '../widgets/shares-bar.tsx';
import { inFlowOrder } from './flow-order.ts';
import type { TopologyView } from './topology-view.ts';

/** Where there are more, the busiest are what one looks for. */
const rowsMax = 30;

/** Every component with its numbers; a name leads to its executors. */
export function ComponentTable(props: {
  readonly view: TopologyView;
  readonly onSelect: (id: string) => void;
}) {
  const { graph, now, selected } = props.view;
  const [filter, setFilter] = useState('');
  const isLong = now.components.length > rowsMax;
  return (
    <section class="card" aria-label="Components">
      <h2>Components</h2>
      {isLong ? (
        <div class="bar">
          <NameFilter name="Components that contain" value={filter} onInput={setFilter} />
        </div>
      ) : null}
      <DataTable
        label="All components"
        columns={columnsOf(graph, props.onSelect)}
        rows={inFlowOrder(now.components, graph.edges).filter(({ id }) => matches(id, filter))}
        rowsMax={rowsMax}
        {...(isLong ? { orderBy: 'Busy' } : {})}
        keyOf={({ id }) => id}
        classOf={({ id }) => (id === selected ? 'selected' : '')}
      />
      <p class="hint">
        Rates are of the last ten seconds, latencies of the last minute: a bolt’s of execute, a
        spout’s of whole trees. Queue is how long tuples waited for their bolt. Counts are exact,
        latencies of a sample.
      </p>
    </section>
  );
}

function columnsOf(
  graph: GraphMessage,
  onSelect: (id: string) => void,
): readonly Column<ComponentLine>[] {
  const senders = new Set(graph.edges.map(({ source }) => source));
  return [
    {
      title: 'Component',
      cell: ({ id }) => (
        <button type="button" class="link" onClick={() => onSelect(id)}>
          {id}
        </button>
      ),
    },
    { title: 'Kind', cell: ({ kind }) => kind },
    {
      title: 'Executors',
      isNumber: true,
      cell: ({ executors }) => executors,
      orderOf: ({ executors }) => executors,
    },
    {
      title: 'Busy',
      cell: ({ shares }) => <SharesBar shares={shares} />,
      // As it is shown: rows that look alike do not change places every second.
      orderOf: ({ shares }) => Math.round((shares?.busy ?? 0) * 100),
    },
    {
      title: 'Emitted',
      isNumber: true,
      cell: (each) => rate(emittedPerSec(each, senders)),
      orderOf: ({ rates }) => rates.emitted,
    },
    {
      title: 'Executed',
      isNumber: true,
      cell: ({ kind, rates }) => rate(kind === 'spout' ? null : rates.executed),
      orderOf: ({ rates }) => rates.executed,
    },
    {
      title: 'Acked',
      isNumber: true,
      cell: ({ totals }) => count(totals.acked),
      orderOf: ({ totals }) => totals.acked,
    },
    {
      title: 'Failed',
      isNumber: true,
      cell: ({ totals }) => (
        <span class={totals.failed > 0 ? 'bad-text' : ''}>{count(totals.failed)}</span>
      ),
      orderOf: ({ totals }) => totals.failed,
    },
    ...(['p50', 'p95', 'p99', 'max'] as const).map((part) => ({
      title: part,
      isNumber: true,
      cell: (each: ComponentLine) => latency(mainSpread(each)?.[part]),
      orderOf: (each: ComponentLine) => mainSpread(each)?.[part] ?? 0,
    })),
    {
      title: 'Waiting',
      isNumber: true,
      cell: ({ queue, kind }) => (queue === null || kind === 'spout' ? '–' : count(queue.tuples)),
      orderOf: ({ queue, kind }) => (queue === null || kind === 'spout' ? 0 : queue.tuples),
    },
    {
      title: 'Queue p99',
      isNumber: true,
      cell: ({ queued }) => latency(queued?.p99),
      orderOf: ({ queued }) => queued?.p99 ?? 0,
    },
    {
      title: 'Capacity',
      isNumber: true,
      cell: ({ capacity }) => percent(capacity),
      orderOf: ({ capacity }) => capacity ?? 0,
    },
  ];
}

/** null: it has nobody to emit to. */
function emittedPerSec({ id, rates, totals }: ComponentLine, senders: ReadonlySet<string>) {
  return senders.has(id) || totals.emitted > 0 ? rates.emitted : null;
}

function mainSpread(line: ComponentLine) {
  return line.kind === 'spout' ? line.complete : line.execute;
}
