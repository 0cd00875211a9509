import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { ComponentLine, ExecutorLine, Spread } from '../../live/messages.ts';
import { count, duration, latency, percent, rate } from '../format.ts';
import { addressOf, goTo } from '../router.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { SharesBar, sharesText } from '../widgets/shares-bar.tsx';
import { ComponentCountsView } from './component-counts.tsx';
import { mainRate } from './graph.tsx';
import type { TopologyView } from './topology-view.ts';
import { windowIn } from './windows.ts';

const executorColumns: readonly Column<ExecutorLine>[] = [
  {
    title: 'Tasks',
    cell: ({ firstTask, lastTask }) =>
      firstTask === lastTask ? firstTask : `${firstTask}–${lastTask}`,
  },
  { title: 'Worker', isNumber: true, cell: ({ port }) => port },
  { title: 'Busy', cell: ({ shares }) => <SharesBar shares={shares} /> },
  {
    title: 'Rate',
    isNumber: true,
    cell: ({ rates }) => rate(Math.max(rates.executed, rates.emitted)),
  },
  {
    title: 'p99',
    isNumber: true,
    cell: ({ execute, complete }) => latency((execute ?? complete)?.p99),
  },
  { title: 'Waiting', isNumber: true, cell: ({ queue }) => (queue ? count(queue.tuples) : '–') },
  { title: 'Up', isNumber: true, cell: ({ uptimeSecs }) => duration(uptimeSecs) },
];

/** One component more closely: what it is, why it is slow, and its executors. */
export function ComponentPanel(props: {
  readonly view: TopologyView;
  readonly line: ComponentLine;
}) {
  const { line } = props;
  const { graph, now, query } = props.view;
  const component = graph.components.find(({ id }) => id === line.id);
  const shownExecutors = inOrderOfTasks(now.executorList, line.executors);
  const address = (tab: string) => addressOf(['topology', now.id, tab], { component: line.id });
  const panel = useRef<HTMLElement>(null);
  // What was chosen far below, in the table, or on a narrow screen is shown somewhere else.
  useEffect(() => {
    const top = panel.current?.getBoundingClientRect().top ?? 0;
    if (top >= 0 && top < window.innerHeight) return;
    panel.current?.scrollIntoView();
    panel.current?.focus();
  }, [line.id]);
  return (
    <aside class="card panel" aria-label={`Component ${line.id}`} ref={panel} tabIndex={-1}>
      <div class="title">
        <h2>{line.id}</h2>
        <a
          class="close"
          href={addressOf(['topology', now.id])}
          aria-label="Close"
          onClick={() => focusNode(line.id)}
        >
          ×
        </a>
      </div>
      <p class="muted wrap">
        {line.kind}
        {component?.code ? `, ${component.code}` : ''}
      </p>
      {line.shares === null ? null : <p>{sharesText(line.shares)}</p>}
      <dl class="facts">
        <Fact name="Rate">{rate(mainRate(line))}</Fact>
        <Fact name="Capacity">{percent(line.capacity)}</Fact>
        <QueueFacts line={line} />
      </dl>
      <Latencies line={line} />
      <TimeOuts line={line} />
      <SubprocessRestarts line={line} />
      <p class="buttons left">
        <a href={address('tuples')}>Look at its tuples</a>
        <a href={address('errors')}>Its errors</a>
      </p>
      <Executors rows={shownExecutors} total={line.executors} />
      <ComponentCountsView
        topology={now.id}
        component={line.id}
        executors={line.executors}
        window={windowIn(query)}
        choose={(window) => goTo(['topology', now.id, 'graph'], { component: line.id, window })}
      />
    </aside>
  );
}

/** The focus goes back to what was looked at, not to nowhere with the panel. */
function focusNode(id: string): void {
  document.querySelector<SVGElement>(`.node[data-component="${CSS.escape(id)}"]`)?.focus();
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function QueueFacts({ line }: { readonly line: ComponentLine }) {
  const { queue } = line;
  if (queue === null) return null;
  return (
    <>
      <Fact name={line.kind === 'spout' ? 'Acks that wait' : 'Tuples that wait'}>
        {count(queue.tuples)} of {count(queue.tuplesMax)}
      </Fact>
      <Fact name="New tuples wait">{latency(queue.waitMs)}</Fact>
    </>
  );
}

function Latencies({ line }: { readonly line: ComponentLine }) {
  const rows: readonly (readonly [string, Spread | null])[] = [
    ['queue', line.queued],
    ['execute', line.execute],
    ['process', line.process],
    ['complete', line.complete],
  ];
  const known = rows.flatMap(([name, spread]) => (spread === null ? [] : [{ name, spread }]));
  if (known.length === 0) return null;
  const columns: readonly Column<{ name: string; spread: Spread }>[] = [
    { title: 'Latency', cell: ({ name }) => name },
    { title: 'p50', isNumber: true, cell: ({ spread }) => latency(spread.p50) },
    { title: 'p95', isNumber: true, cell: ({ spread }) => latency(spread.p95) },
    { title: 'p99', isNumber: true, cell: ({ spread }) => latency(spread.p99) },
    { title: 'max', isNumber: true, cell: ({ spread }) => latency(spread.max) },
  ];
  return <DataTable label="Latencies" columns={columns} rows={known} keyOf={({ name }) => name} />;
}

function TimeOuts({ line }: { readonly line: ComponentLine }) {
  const { timedOut } = line;
  if (timedOut === null || timedOut.trees === 0) return null;
  return (
    <div class="note bad">
      {count(timedOut.trees)} trees took too long. Who held the {count(timedOut.followed)} that were
      followed:
      <ul>
        {timedOut.holders.map(({ id, tuples }) => (
          <li key={id}>
            <b>{id}</b>: {count(tuples)} tuples
          </li>
        ))}
      </ul>
    </div>
  );
}

function SubprocessRestarts({ line }: { readonly line: ComponentLine }) {
  const { subprocessRestarts } = line;
  if (subprocessRestarts.length === 0) return null;
  const total = subprocessRestarts.reduce((sum, { restarts }) => sum + restarts, 0);
  const tasks = subprocessRestarts.map(({ task, restarts }) => `${task} (${count(restarts)})`);
  return (
    <div class="note bad">
      Subprocesses ended {count(total)} times and were started again, of task {tasks.join(', ')}.
      The errors of the component say why.
    </div>
  );
}

/** Where all are shown they stay where they are; of more, the busiest come first. */
function inOrderOfTasks(
  rows: readonly ExecutorLine[] | null,
  total: number,
): readonly ExecutorLine[] | null {
  if (rows === null || rows.length < total) return rows;
  return [...rows].sort((one, other) => one.firstTask - other.firstTask);
}

function Executors(props: {
  readonly rows: readonly ExecutorLine[] | null;
  readonly total: number;
}) {
  const { rows, total } = props;
  if (rows === null) return null;
  return (
    <>
      <h3>Executors</h3>
      <DataTable
        label="Executors"
        columns={executorColumns}
        rows={rows}
        keyOf={({ firstTask }) => String(firstTask)}
      />
      {rows.length < total ? (
        <p class="hint">
          The {rows.length} busiest of {total}.
        </p>
      ) : null}
    </>
  );
}
