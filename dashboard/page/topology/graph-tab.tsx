import { useMemo } from 'preact/hooks';
import type { TopologyMessage } from '../../live/messages.ts';
import { count, duration, latency, plural, rate } from '../format.ts';
import { goTo } from '../router.ts';
import { Chart } from '../widgets/chart.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Problem } from '../widgets/problem.tsx';
import { Tile } from '../widgets/tile.tsx';
import { ComponentPanel } from './component-panel.tsx';
import { ComponentTable } from './component-table.tsx';
import { FindingsList } from './findings-list.tsx';
import { Graph } from './graph.tsx';
import type { TopologyView } from './topology-view.ts';
import { windowIn } from './windows.ts';

/** The graph with its numbers, lines over time, and a table of the components. */
export function GraphTab({ view }: { readonly view: TopologyView }) {
  const { graph, now, selected, query } = view;
  const lines = useMemo(() => new Map(now.components.map((each) => [each.id, each])), [now]);
  const select = (id: string) =>
    goTo(
      ['topology', now.id, 'graph'],
      selected === id ? {} : { component: id, window: windowIn(query) },
    );
  const line = selected === null ? undefined : lines.get(selected);
  return (
    <>
      <Numbers now={now} />
      <FindingsList view={view} />
      {selected === null || line !== undefined ? null : (
        <Problem sentence={`${now.name} has no component ${selected}.`} />
      )}
      <div class={line === undefined ? '' : 'beside'}>
        <div>
          <section class="card" aria-label="Graph">
            <Graph
              graph={graph}
              lines={lines}
              edgesPerSec={now.edgesPerSec}
              bottleneck={now.bottleneck}
              selected={selected}
              onSelect={select}
            />
          </section>
          <Charts view={view} />
        </div>
        {line === undefined ? null : <ComponentPanel view={view} line={line} />}
      </div>
      <ComponentTable view={view} onSelect={select} />
    </>
  );
}

function Numbers({ now }: { readonly now: TopologyMessage }) {
  const { complete, workers, tasks, executors } = now;
  return (
    <div class="tiles">
      <Tile name="Executed" more={`${rate(now.emittedPerSec)} emitted by spouts`}>
        <span data-testid="throughput" data-value={now.executedPerSec}>
          {rate(now.executedPerSec)}
        </span>
      </Tile>
      <Tile
        name="Complete latency"
        more={`p99 ${latency(complete?.p99)}, max ${latency(complete?.max)}`}
      >
        {latency(complete?.p50)}
      </Tile>
      <Tile name="Failing" more={`${count(now.failed)} failed so far`}>
        {rate(now.failedPerSec)}
      </Tile>
      <Tile name="Bottleneck" more={now.bottleneck === null ? '' : 'the others wait for it'}>
        {now.bottleneck ?? 'none'}
      </Tile>
      <Tile
        name="Up"
        more={`${plural(workers, 'worker')}, ${plural(executors, 'executor')}, ${plural(tasks, 'task')}`}
      >
        {duration(now.uptimeSecs)}
      </Tile>
    </div>
  );
}

function Charts({ view }: { readonly view: TopologyView }) {
  const { history } = view;
  const timesMs = history.map(({ timeMs }) => timeMs);
  return (
    <div class="charts">
      <section class="card" aria-label="Throughput">
        <Chart
          title="Throughput"
          timesMs={timesMs}
          format={rate}
          lines={[
            line(
              'executed',
              '--chart-1',
              history.map(({ executedPerSec }) => executedPerSec),
            ),
            line(
              'emitted by spouts',
              '--chart-2',
              history.map(({ emittedPerSec }) => emittedPerSec),
            ),
            line(
              'failed',
              '--chart-3',
              history.map(({ failedPerSec }) => failedPerSec),
            ),
          ]}
        />
      </section>
      <section class="card" aria-label="Complete latency">
        {history.every(({ completeP99 }) => completeP99 === null) ? (
          <NoLatency now={view.now} />
        ) : (
          <Chart
            title="Complete latency"
            timesMs={timesMs}
            format={latency}
            lines={[
              line(
                'p99',
                '--chart-4',
                history.map(({ completeP99 }) => completeP99),
              ),
            ]}
          />
        )}
      </section>
    </div>
  );
}

/** Why there is nothing to draw. */
function NoLatency({ now }: { readonly now: TopologyMessage }) {
  const spouts = now.components.filter(({ kind }) => kind === 'spout');
  const hasAcked = spouts.some(({ totals }) => totals.acked > 0);
  return (
    <Empty title="No complete latency">
      {hasAcked
        ? 'No tuple of a spout was acked in these minutes.'
        : 'No tuple of a spout was acked yet. Only those have one that are emitted with a message id, where topology.acker.executors is not 0.'}
    </Empty>
  );
}

function line(name: string, color: string, values: readonly (number | null)[]) {
  return { name, color, values };
}
