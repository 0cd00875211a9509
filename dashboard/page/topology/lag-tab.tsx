import type { LagAnswer, LagLine } from '../../live/messages.ts';
import { topologyPath } from '../api.ts';
import { count, plural } from '../format.ts';
import { addressOf } from '../router.ts';
import { useAnswer } from '../use-answer.ts';
import { Chart } from '../widgets/chart.tsx';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Problem } from '../widgets/problem.tsx';
import { linesOf } from './lag-lines.ts';
import type { TopologyView } from './topology-view.ts';

const pollMs = 5000;

const columns: readonly Column<LagLine>[] = [
  { title: 'Partition', cell: ({ topic, partition }) => `${topic} ${partition}`.trim() },
  { title: 'Waiting', isNumber: true, cell: ({ lag }) => count(lag) },
  { title: 'Done up to', isNumber: true, cell: ({ doneOffset }) => String(doneOffset) },
  { title: 'Written up to', isNumber: true, cell: ({ endOffset }) => String(endOffset) },
  { title: 'Task', isNumber: true, cell: ({ task }) => task },
];

/** How far the topology is in what it reads: each partition now, and the furthest behind over time. */
export function LagTab({ view }: { readonly view: TopologyView }) {
  const { id } = view.now;
  const { answer, problem } = useAnswer<LagAnswer>(topologyPath(id, 'lag'), pollMs);
  if (answer === null) {
    return problem === null ? <Empty title="Loading" /> : <Problem sentence={problem} />;
  }
  if (answer.components.length === 0) {
    return <Empty title="Nothing is read from partitions">No spout has told of any yet.</Empty>;
  }
  return (
    <>
      <Problem sentence={problem} />
      <section class="card" aria-label="Lag over time">
        <Chart
          title="Messages that wait"
          timesMs={answer.history.timesMs}
          format={count}
          isWhole
          lines={linesOf(answer)}
        />
      </section>
      {answer.components.map((component) => (
        <section class="card" key={component.id} aria-label={`Lag of ${component.id}`}>
          <h2>
            <a href={addressOf(['topology', id, 'graph'], { component: component.id })}>
              {component.id}
            </a>
            : {count(component.total)} wait in {plural(component.partitions.length, 'partition')}
          </h2>
          <DataTable
            label={`Partitions of ${component.id}`}
            columns={columns}
            rows={component.partitions}
            keyOf={({ topic, partition }) => `${partition} ${topic}`}
          />
        </section>
      ))}
    </>
  );
}
