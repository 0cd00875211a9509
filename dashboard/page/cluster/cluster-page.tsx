import { useState } from 'preact/hooks';
import type { ClusterMessage } from '../../live/messages.ts';
import { duration, exact } from '../format.ts';
import { SlotsTable } from '../overview/slots-table.tsx';
import { useTitle } from '../router.ts';
import { useAnswer } from '../use-answer.ts';
import { useEvents } from '../use-events.ts';
import { ConnectionNote } from '../widgets/connection-note.tsx';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import { matches, NameFilter } from '../widgets/name-filter.tsx';
import { Problem } from '../widgets/problem.tsx';
import { Tile } from '../widgets/tile.tsx';

/** As Storm's REST tells them. */
interface Summary {
  readonly stormVersion: string;
  readonly executorsTotal: number;
  readonly tasksTotal: number;
}

interface Supervisor {
  readonly id: string;
  readonly host: string;
  readonly slotsTotal: number;
  readonly slotsUsed: number;
}

interface Entry {
  readonly key: string;
  readonly value: string;
}

/** What Storm's first page has besides topologies: Nimbus, supervisors, slots and the configuration. */
export function ClusterPage() {
  useTitle('Cluster');
  const [cluster, setCluster] = useState<ClusterMessage | null>(null);
  const connection = useEvents('/api/gearstorm/events', { cluster: setCluster });
  return (
    <>
      <ConnectionNote connection={connection} />
      <h1>Cluster</h1>
      {cluster === null ? (
        <Empty title="Loading" />
      ) : (
        <>
          <Tiles cluster={cluster} />
          <Supervisors uptimeSecs={cluster.uptimeSecs} />
          <SlotsTable slots={cluster.slots} total={cluster.slotsTotal} />
        </>
      )}
      <Configuration />
    </>
  );
}

function Tiles({ cluster }: { readonly cluster: ClusterMessage }) {
  const { host, uptimeSecs, slotsTotal, slotsUsed } = cluster;
  const { answer } = useAnswer<Summary>('/api/v1/cluster/summary', 5000);
  return (
    <div class="tiles">
      <Tile name="Nimbus" more={`up for ${duration(uptimeSecs)}`}>
        {host}
      </Tile>
      <Tile name="Storm’s version" more="that clients are told">
        {answer?.stormVersion ?? '–'}
      </Tile>
      <Tile name="Slots used" more={`${slotsTotal - slotsUsed} free`}>
        {slotsUsed} of {slotsTotal}
      </Tile>
      <Tile name="Executors" more="of all topologies">
        {answer === null ? '–' : exact(answer.executorsTotal)}
      </Tile>
      <Tile name="Tasks" more="of all topologies">
        {answer === null ? '–' : exact(answer.tasksTotal)}
      </Tile>
    </div>
  );
}

const supervisorColumns: readonly Column<Supervisor>[] = [
  { title: 'Host', cell: ({ host }) => host },
  { title: 'Id', cell: ({ id }) => <code class="wrap">{id}</code> },
  { title: 'Slots', isNumber: true, cell: ({ slotsTotal }) => slotsTotal },
  { title: 'Used', isNumber: true, cell: ({ slotsUsed }) => slotsUsed },
  {
    title: 'Free',
    isNumber: true,
    cell: ({ slotsTotal, slotsUsed }) => slotsTotal - slotsUsed,
  },
];

function Supervisors({ uptimeSecs }: { readonly uptimeSecs: number }) {
  const { answer, problem } = useAnswer<{ readonly supervisors: readonly Supervisor[] }>(
    '/api/v1/supervisor/summary',
    5000,
  );
  const columns: readonly Column<Supervisor>[] = [
    ...supervisorColumns,
    { title: 'Up', isNumber: true, cell: () => duration(uptimeSecs) },
  ];
  return (
    <section class="card" aria-label="Supervisors">
      <h2>Supervisors</h2>
      <Problem sentence={problem} />
      {answer === null ? null : (
        <DataTable
          label="All supervisors"
          columns={columns}
          rows={answer.supervisors}
          keyOf={({ id }) => id}
        />
      )}
      <p class="hint">All slots of this machine are one supervisor, and serve is it.</p>
    </section>
  );
}

const entryColumns: readonly Column<Entry>[] = [
  { title: 'Key', cell: ({ key }) => <code>{key}</code> },
  { title: 'Value', cell: ({ value }) => <code class="wrap">{value}</code> },
];

/** What serve itself runs with, secrets hidden; topologies put their own over it. */
function Configuration() {
  const { answer, problem } = useAnswer<Readonly<Record<string, unknown>>>(
    '/api/v1/cluster/configuration',
  );
  const [filter, setFilter] = useState('');
  const rows = Object.entries(answer ?? {})
    .map(([key, value]): Entry => ({ key, value: JSON.stringify(value) }))
    .filter(({ key }) => matches(key, filter))
    .sort((one, other) => (one.key < other.key ? -1 : 1));
  return (
    <section class="card" aria-label="Nimbus configuration">
      <h2>Nimbus configuration</h2>
      <Problem sentence={problem} />
      <div class="bar">
        <NameFilter name="Keys that contain" value={filter} onInput={setFilter} />
      </div>
      {answer !== null && rows.length === 0 ? <Empty title="No such key" /> : null}
      {rows.length === 0 ? null : (
        <DataTable
          label="Keys and values"
          columns={entryColumns}
          rows={rows}
          keyOf={({ key }) => key}
        />
      )}
    </section>
  );
}
