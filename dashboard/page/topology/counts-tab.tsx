import type { TopologyCounts, WindowLine } from '../../live/counts-answers.ts';
import { topologyPath } from '../api.ts';
import { addressOf, goTo } from '../router.ts';
import { useAnswer } from '../use-answer.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Problem } from '../widgets/problem.tsx';
import type { TopologyView } from './topology-view.ts';
import { countColumns, meanOf, WindowTable } from './window-table.tsx';
import { windowIn, windowNames } from './windows.ts';

const pollMs = 5000;
const rowsMax = 50;

type Row = TopologyCounts['components'][number];

const lastColumns: readonly Column<Row>[] = [
  {
    title: 'Execute',
    isNumber: true,
    cell: ({ executeMs, executed }) => meanOf(executeMs, executed),
  },
  { title: 'Process', isNumber: true, cell: (each) => latencyOf(each, 'bolt') },
  { title: 'Complete', isNumber: true, cell: (each) => latencyOf(each, 'spout') },
];

const treeColumns: readonly Column<WindowLine>[] = [
  { title: 'Complete', isNumber: true, cell: ({ ackMs, acked }) => meanOf(ackMs, acked) },
];

/** What Storm's page of a topology counts, in its windows. */
export function CountsTab({ view }: { readonly view: TopologyView }) {
  const { id } = view.now;
  const window = windowIn(view.query);
  const path = topologyPath(id, `counts?window=${window}`);
  const { answer, problem } = useAnswer<TopologyCounts>(path, pollMs);
  if (answer === null) {
    return problem === null ? <Empty title="Loading" /> : <Problem sentence={problem} />;
  }
  const columns: readonly Column<Row>[] = [
    {
      title: 'Component',
      cell: (each) => (
        <a href={addressOf(['topology', id, 'graph'], { component: each.id, window })}>{each.id}</a>
      ),
    },
    ...countColumns,
    ...lastColumns,
  ];
  return (
    <>
      <Problem sentence={problem} />
      <section class="card" aria-label="All components">
        <h2>All components together</h2>
        <WindowTable
          windows={answer.windows}
          chosen={window}
          more={treeColumns}
          choose={(chosen) => goTo(['topology', id, 'counts'], { window: chosen })}
        />
        <p class="hint">Acked and failed are tuples of spouts, with all that came of them.</p>
      </section>
      <section class="card" aria-label="Each component">
        <h2>Each component, {windowNames.get(window)}</h2>
        <DataTable
          label="Counts of components"
          columns={columns}
          rows={answer.components}
          rowsMax={rowsMax}
          keyOf={(each) => each.id}
        />
        <p class="hint">Counts are exact; latencies are means of a sample.</p>
      </section>
    </>
  );
}

function latencyOf({ kind, ackMs, acked }: Row, wanted: Row['kind']): string {
  return kind === wanted ? meanOf(ackMs, acked) : '–';
}
