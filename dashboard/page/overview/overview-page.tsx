import { useState } from 'preact/hooks';
import type { ClusterMessage, TopologyLine } from '../../live/messages.ts';
import { count, duration, latency, plural, rate } from '../format.ts';
import { addressOf, useTitle } from '../router.ts';
import { useEvents } from '../use-events.ts';
import { HealthBadge, StatusBadge } from '../widgets/badge.tsx';
import { ConnectionNote } from '../widgets/connection-note.tsx';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import { Sparkline } from '../widgets/sparkline.tsx';
import { Tile } from '../widgets/tile.tsx';
import { DamagedNote } from './damaged-note.tsx';
import { SlotsTable } from './slots-table.tsx';

const columns: readonly Column<TopologyLine>[] = [
  { title: 'Name', cell: (each) => <Name topology={each} /> },
  { title: 'Health', cell: ({ health }) => <HealthBadge health={health} /> },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} /> },
  { title: 'Executed', isNumber: true, cell: (each) => rate(each.executedPerSec) },
  { title: 'Last minutes', cell: ({ recent }) => <Sparkline values={recent} /> },
  { title: 'Complete p50', isNumber: true, cell: ({ complete }) => latency(complete?.p50) },
  { title: 'p99', isNumber: true, cell: ({ complete }) => latency(complete?.p99) },
  {
    title: 'Failed',
    isNumber: true,
    cell: ({ failed }) => <span class={failed > 0 ? 'bad-text' : ''}>{count(failed)}</span>,
  },
  { title: 'Workers', isNumber: true, cell: ({ workers }) => workers },
  { title: 'Tasks', isNumber: true, cell: ({ tasks }) => count(tasks) },
  { title: 'Up', isNumber: true, cell: ({ uptimeSecs }) => duration(uptimeSecs) },
];

/** The first screen: every topology with its health, and the slots. */
export function OverviewPage() {
  useTitle('Topologies');
  const [cluster, setCluster] = useState<ClusterMessage | null>(null);
  const connection = useEvents('/api/gearstorm/events', { cluster: setCluster });
  return (
    <>
      <ConnectionNote connection={connection} />
      <h1>Topologies</h1>
      {cluster === null ? <Empty title="Loading" /> : <Cluster cluster={cluster} />}
    </>
  );
}

function Cluster({ cluster }: { readonly cluster: ClusterMessage }) {
  const { topologies, damaged, slotsUsed, slotsTotal, uptimeSecs, host } = cluster;
  const failed = sum(topologies, (each) => each.failed);
  return (
    <>
      <div class="tiles">
        <Tile name="Topologies" more={problems(cluster)}>
          {topologies.length}
        </Tile>
        <Tile name="Executed" more="by all bolts">
          {rate(sum(topologies, (each) => each.executedPerSec))}
        </Tile>
        <Tile name="Failing" more={`${count(failed)} failed so far`}>
          {rate(sum(topologies, (each) => each.failedPerSec))}
        </Tile>
        <Tile name="Slots used" more={host}>
          {slotsUsed} of {slotsTotal}
        </Tile>
        <Tile name="Serve is up" more="since its last start">
          {duration(uptimeSecs)}
        </Tile>
      </div>
      {damaged.map((topology) => (
        <DamagedNote key={topology.id} topology={topology} />
      ))}
      {topologies.length === 0 ? (
        <NoTopologies />
      ) : (
        <div class="card">
          <DataTable
            label="Topologies"
            columns={columns}
            rows={topologies}
            keyOf={({ id }) => id}
          />
        </div>
      )}
      <SlotsTable slots={cluster.slots} total={slotsTotal} />
    </>
  );
}

function NoTopologies() {
  return (
    <Empty title="No topologies running">
      <a href={addressOf(['submit'])}>Submit a jar or a TypeScript program</a> here, or with{' '}
      <code>gearstorm jar JAR MAIN</code>.
    </Empty>
  );
}

function Name({ topology }: { readonly topology: TopologyLine }) {
  const { problem, bottleneck } = topology;
  return (
    <>
      <a href={addressOf(['topology', topology.id])}>{topology.name}</a>
      {problem === null ? null : <div class="row-note bad-text">{problem}</div>}
      {bottleneck === null ? null : <div class="row-note">bottleneck: {bottleneck}</div>}
    </>
  );
}

function problems({ topologies, damaged }: ClusterMessage): string {
  const bad = topologies.filter(({ health }) => health === 'bad').length + damaged.length;
  return bad === 0 ? 'none has a problem' : plural(bad, 'has a problem', 'have a problem');
}

function sum(topologies: readonly TopologyLine[], of: (topology: TopologyLine) => number): number {
  return topologies.reduce((total, each) => total + of(each), 0);
}
