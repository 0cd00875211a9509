import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type {
  GraphMessage,
  HistoryMessage,
  HistoryPoint,
  Status,
  TopologyMessage,
} from '../../live/messages.ts';
import { topologyPath } from '../api.ts';
import { addressOf, goTo, useTitle } from '../router.ts';
import { useEvents } from '../use-events.ts';
import { HealthBadge, StatusBadge } from '../widgets/badge.tsx';
import { ConnectionNote } from '../widgets/connection-note.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Actions } from './actions.tsx';
import { ConfigurationTab } from './configuration-tab.tsx';
import { CountsTab } from './counts-tab.tsx';
import { ErrorsTab } from './errors-tab.tsx';
import { GraphTab } from './graph-tab.tsx';
import { LagTab } from './lag-tab.tsx';
import { LogsTab } from './logs-tab.tsx';
import type { TopologyView } from './topology-view.ts';
import { TuplesTab } from './tuples-tab.tsx';
import { WorkersTab } from './workers-tab.tsx';

const pointsMax = 900;

const tabs: Readonly<Record<string, (view: TopologyView) => ComponentChildren>> = {
  graph: (view) => <GraphTab view={view} />,
  counts: (view) => <CountsTab view={view} />,
  errors: (view) => <ErrorsTab view={view} />,
  logs: (view) => <LogsTab view={view} />,
  tuples: (view) => <TuplesTab view={view} />,
  lag: (view) => <LagTab view={view} />,
  workers: (view) => <WorkersTab view={view} />,
  configuration: (view) => <ConfigurationTab view={view} />,
};

/** One topology, live. */
export function TopologyPage(props: {
  readonly id: string;
  readonly tab: string;
  readonly query: URLSearchParams;
}) {
  const selected = props.query.get('component');
  const [graph, setGraph] = useState<GraphMessage | null>(null);
  const [now, setNow] = useState<TopologyMessage | null>(null);
  const [history, setHistory] = useState<readonly HistoryPoint[]>([]);
  const wanted = selected === null ? '' : `?component=${encodeURIComponent(selected)}`;
  const connection = useEvents(topologyPath(props.id, `events${wanted}`), {
    graph: (message: GraphMessage) => setGraph((before) => unlessSame(before, message)),
    history: ({ points }: HistoryMessage) => setHistory(points),
    topology: (message: TopologyMessage) => {
      setNow(message);
      setHistory((before) => [...before.slice(1 - pointsMax), pointOf(message)]);
    },
  });
  useTitle(now?.name ?? props.id);
  if (connection === 'gone') return <Gone id={props.id} />;
  if (graph === null || now === null) {
    return (
      <>
        <ConnectionNote connection={connection} />
        <Empty title="Loading" />
      </>
    );
  }
  const view: TopologyView = { graph, now, history, selected, query: props.query };
  const tab = Object.hasOwn(tabs, props.tab) ? props.tab : 'graph';
  return (
    <>
      <ConnectionNote connection={connection} />
      <Title now={now} />
      <Tabs now={now} current={tab} />
      {tabs[tab]?.(view)}
    </>
  );
}

/** What comes next, and what the user can do. */
const meanings: Readonly<Record<Exclude<Status, 'ACTIVE'>, string>> = {
  INACTIVE: 'Its spouts emit nothing until it is activated.',
  REBALANCING: 'Its spouts have stopped. After the wait its workers end and start anew.',
  KILLED: 'Its spouts have stopped. After the wait its workers end and it is removed.',
};

function Title({ now }: { readonly now: TopologyMessage }) {
  return (
    <>
      <div class="title">
        <h1>{now.name}</h1>
        <StatusBadge status={now.status} />
        <HealthBadge health={now.health} />
        <Actions now={now} onKilled={() => goTo([])} />
      </div>
      {now.problem === null ? null : <p class="note bad">{now.problem}</p>}
      {now.status === 'ACTIVE' ? null : <p class="note">{meanings[now.status]}</p>}
    </>
  );
}

function Tabs(props: { readonly now: TopologyMessage; readonly current: string }) {
  const { id, errors, lag } = props.now;
  const names: readonly (readonly [string, string])[] = [
    ['graph', 'Graph'],
    ['counts', 'Counts'],
    ['errors', errors.length === 0 ? 'Errors' : `Errors (${errors.length})`],
    ['logs', 'Logs'],
    ['tuples', 'Tuples'],
    ...(lag === null ? [] : [['lag', 'Lag'] as const]),
    ['workers', 'Workers'],
    ['configuration', 'Configuration'],
  ];
  return (
    <nav class="tabs" aria-label="Views of this topology">
      {names.map(([tab, name]) => (
        <a
          key={tab}
          href={addressOf(['topology', id, tab])}
          aria-current={props.current === tab ? 'page' : undefined}
          ref={props.current === tab ? bringIntoView : null}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

/** There may be room for some of the tabs only. */
function bringIntoView(tab: HTMLAnchorElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function Gone({ id }: { readonly id: string }) {
  return (
    <>
      <h1>{id}</h1>
      <Empty title="This topology is not alive">
        It was killed, or never was. <a href="#/">All topologies</a>
      </Empty>
    </>
  );
}

/** It comes again with each connection: a drawing that is the same stays as the user put it. */
function unlessSame(before: GraphMessage | null, graph: GraphMessage): GraphMessage {
  return before !== null && JSON.stringify(before) === JSON.stringify(graph) ? before : graph;
}

function pointOf(message: TopologyMessage): HistoryPoint {
  const { timeMs, executedPerSec, emittedPerSec, failedPerSec, complete, lag, bottleneck } =
    message;
  return {
    ...{ timeMs, executedPerSec, emittedPerSec, failedPerSec, lag, bottleneck },
    completeP99: complete?.p99 ?? null,
  };
}
