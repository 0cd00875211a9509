import { useState } from 'preact/hooks';
import type { Flame } from '../../live/flame.ts';
import type { WorkerLine } from '../../live/messages.ts';
import { postJson, sentenceOf, topologyPath } from '../api.ts';
import { duration, exact, moment, plural } from '../format.ts';
import { addressOf } from '../router.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { Dialog } from '../widgets/dialog.tsx';
import { Empty } from '../widgets/empty.tsx';
import { FlameGraph } from './flame-graph.tsx';
import type { TopologyView } from './topology-view.ts';

const profileSecs = 5;
const componentsMax = 12;

interface Seen {
  readonly title: string;
  readonly text: string;
  readonly flame: Flame | null;
}

/** The processes of a topology, and what their threads do. */
export function WorkersTab({ view }: { readonly view: TopologyView }) {
  const { id, workerList } = view.now;
  const [seen, setSeen] = useState<Seen | null>(null);
  const [asked, setAsked] = useState<WorkerLine | null>(null);
  const look = async (title: string, wait: string, ask: () => Promise<Partial<Seen>>) => {
    const waiting: Seen = { title, text: wait, flame: null };
    setSeen(waiting);
    const answer = await ask().catch((error) => ({ text: sentenceOf(error) }));
    // Something else may have been asked for meanwhile.
    setSeen((before) => (before === waiting ? { ...waiting, text: '', ...answer } : before));
  };
  const threads = ({ port, pid }: WorkerLine) =>
    look(`Threads of worker ${port}, process ${pid}`, 'One moment', () =>
      postJson<{ text: string }>(topologyPath(id, `worker/${pid}/threads`)),
    );
  const profile = ({ port, pid }: WorkerLine) =>
    look(
      `Flame graph of worker ${port}, process ${pid}`,
      `Watching for ${profileSecs} seconds`,
      async () => ({
        flame: await postJson<Flame>(topologyPath(id, `worker/${pid}/profile`), {
          secs: profileSecs,
        }),
      }),
    );
  const columns: readonly Column<WorkerLine>[] = [
    { title: 'Slot', cell: ({ host, port }) => `${host}:${port}` },
    { title: 'State', cell: (worker) => <State worker={worker} /> },
    { title: 'Process', isNumber: true, cell: ({ pid }) => pid ?? '–' },
    { title: 'Executors', isNumber: true, cell: ({ executors }) => exact(executors) },
    {
      title: 'Components',
      cell: ({ components }) => <Components names={components} />,
    },
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
          <button
            type="button"
            class="link"
            disabled={worker.pid === null}
            onClick={() => void profile(worker)}
          >
            Flame graph
          </button>
          <button
            type="button"
            class="link"
            disabled={worker.pid === null}
            onClick={() => setAsked(worker)}
          >
            Restart
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
      {asked === null ? null : (
        <RestartDialog topology={id} worker={asked} onClose={() => setAsked(null)} />
      )}
      {seen === null ? null : (
        <section class="card" aria-label={seen.title}>
          <h2>{seen.title}</h2>
          {seen.flame === null ? (
            <pre class="log" tabIndex={0}>
              {seen.text}
            </pre>
          ) : (
            <FlameGraph flame={seen.flame} />
          )}
        </section>
      )}
    </>
  );
}

/** So many that they would fill the screen are shown when they are asked for. */
function Components({ names }: { readonly names: readonly string[] }) {
  const list = <span class="wrap">{names.join(', ')}</span>;
  if (names.length <= componentsMax) return list;
  return (
    <details>
      <summary>{plural(names.length, 'component')}</summary>
      {list}
    </details>
  );
}

function RestartDialog(props: {
  readonly topology: string;
  readonly worker: WorkerLine;
  readonly onClose: () => void;
}) {
  const { port, pid } = props.worker;
  return (
    <Dialog
      title={`Restart worker ${port}?`}
      action="Restart"
      isDangerous
      onClose={props.onClose}
      onConfirm={() =>
        postJson(topologyPath(props.topology, `worker/${pid}/restart`)).then(() => {})
      }
    >
      <p>
        Process {pid} ends and another takes its place at once. What its components keep in memory
        is lost, and trees of tuples that were in it time out; the other workers go on.
      </p>
    </Dialog>
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
