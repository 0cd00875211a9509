import { useState } from 'preact/hooks';
import type { WorkerLine } from '../../live/messages.ts';
import { postJson, sentenceOf, topologyPath } from '../api.ts';
import { duration, moment } from '../format.ts';
import { addressOf } from '../router.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Empty } from '../widgets/empty.tsx';
import type { TopologyView } from './topology-page.tsx';

interface Dump {
  readonly title: string;
  readonly text: string;
}

/** The processes of a topology, and what their threads do. */
export function WorkersTab({ view }: { readonly view: TopologyView }) {
  const { id, workerList } = view.now;
  const [dump, setDump] = useState<Dump | null>(null);
  const threads = async ({ port, pid }: WorkerLine) => {
    const title = `Threads of worker ${port}, process ${pid}`;
    setDump({ title, text: 'One moment' });
    const path = topologyPath(id, `worker/${pid}/threads`);
    const text = await postJson<{ text: string }>(path).then((answer) => answer.text, sentenceOf);
    setDump({ title, text });
  };
  const columns: readonly Column<WorkerLine>[] = [
    { title: 'Slot', cell: ({ host, port }) => `${host}:${port}` },
    { title: 'State', cell: (worker) => <State worker={worker} /> },
    { title: 'Process', isNumber: true, cell: ({ pid }) => pid ?? '–' },
    { title: 'Executors', isNumber: true, cell: ({ executors }) => executors },
    { title: 'Restarts', isNumber: true, cell: ({ restarts }) => restarts },
    { title: 'Up', isNumber: true, cell: ({ uptimeSecs }) => duration(uptimeSecs) },
    { title: 'Last end', cell: ({ lastExit }) => lastExit ?? 'none' },
    {
      title: 'Look',
      cell: (worker) => (
        <span class="buttons left">
          <a href={addressOf(['topology', id, 'logs'], { port: String(worker.port) })}>Log</a>
          <button
            type="button"
            class="link"
            disabled={worker.pid === null}
            onClick={() => void threads(worker)}
          >
            Threads
          </button>
        </span>
      ),
    },
  ];
  if (workerList.length === 0) return <Empty title="No worker runs">It waits for a slot.</Empty>;
  return (
    <>
      <section class="card" aria-label="Workers">
        <DataTable
          label="Workers of this topology"
          columns={columns}
          rows={workerList}
          keyOf={({ port, pid }) => `${port} ${pid}`}
        />
      </section>
      {dump === null ? null : (
        <section class="card" aria-label={dump.title}>
          <h2>{dump.title}</h2>
          <pre class="log" tabIndex={0}>
            {dump.text}
          </pre>
        </section>
      )}
    </>
  );
}

function State({ worker }: { readonly worker: WorkerLine }) {
  const { state, restartsAtMs } = worker;
  if (restartsAtMs === null) return <span class={`state ${state}`}>{state}</span>;
  return (
    <span class="state backing-off">
      {state}, starts again {moment(restartsAtMs)}
    </span>
  );
}
