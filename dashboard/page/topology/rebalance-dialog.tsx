import { useEffect, useState } from 'preact/hooks';
import type { TopologyMessage } from '../../live/messages.ts';
import type { RebalancePreview } from '../../live/rebalance-preview.ts';
import { postJson, sentenceOf, topologyPath } from '../api.ts';
import { exact, plural } from '../format.ts';
import { Dialog } from '../widgets/dialog.tsx';
import { fieldProblem, NumberField } from '../widgets/number-field.tsx';
import { Problem } from '../widgets/problem.tsx';

const previewAfterMs = 300;
const workersMax = 100_000;

/** Workers, executors and wait, with a look at what would change. */
export function RebalanceDialog(props: {
  readonly now: TopologyMessage;
  readonly onClose: () => void;
}) {
  const { now } = props;
  // What it was when it was opened: what comes meanwhile must not change what the user types.
  const [components] = useState(() => now.components.filter(({ kind }) => kind !== 'system'));
  const [wait, setWait] = useState('');
  const [workers, setWorkers] = useState('');
  const [executors, setExecutors] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const request = requestOf(wait, workers, executors);
  return (
    <Dialog
      title={`Rebalance ${now.name}`}
      action="Rebalance"
      onClose={props.onClose}
      onConfirm={() => postJson(topologyPath(now.id, 'rebalance'), request).then(() => undefined)}
    >
      <p>
        Its spouts stop at once; after the wait all its workers end and the same tasks start anew.
        What is left empty stays as it is.
      </p>
      <div onInput={({ currentTarget }) => setProblem(fieldProblem(currentTarget))}>
        <div class="fields">
          <NumberField
            name="Workers"
            least={1}
            most={workersMax}
            hint={`${now.workers} now`}
            value={workers}
            onInput={setWorkers}
          />
          <NumberField
            name="Wait in seconds"
            least={0}
            hint="the message timeout"
            value={wait}
            onInput={setWait}
          />
        </div>
        <fieldset class="many">
          <legend>Executors</legend>
          {components.map(({ id, executors: before, tasks }) => (
            <NumberField
              key={id}
              name={id}
              least={1}
              most={tasks}
              hint={`${before} now, at most ${tasks}`}
              value={executors[id] ?? ''}
              onInput={(value) => setExecutors((all) => ({ ...all, [id]: value }))}
            />
          ))}
        </fieldset>
      </div>
      <Problem sentence={problem} />
      {problem === null ? <Preview id={now.id} request={request} /> : null}
    </Dialog>
  );
}

interface Request {
  readonly waitSecs: number | null;
  readonly workers: number | null;
  readonly executors: readonly { readonly component: string; readonly executors: number }[];
}

function requestOf(
  wait: string,
  workers: string,
  executors: Readonly<Record<string, string>>,
): Request {
  return {
    waitSecs: wait === '' ? null : Number(wait),
    workers: workers === '' ? null : Number(workers),
    executors: Object.entries(executors).flatMap(([component, value]) =>
      value === '' ? [] : [{ component, executors: Number(value) }],
    ),
  };
}

function Preview(props: { readonly id: string; readonly request: Request }) {
  const { id } = props;
  const { workers, executors } = props.request;
  const [preview, setPreview] = useState<RebalancePreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const asked = JSON.stringify({ workers, executors });
  useEffect(() => {
    const timer = setTimeout(() => {
      postJson<RebalancePreview>(topologyPath(id, 'rebalance/preview'), JSON.parse(asked)).then(
        (answer) => {
          setPreview(answer);
          setProblem(null);
        },
        (error) => setProblem(sentenceOf(error)),
      );
    }, previewAfterMs);
    return () => clearTimeout(timer);
  }, [id, asked]);
  if (problem !== null) return <p class="note bad">{problem}</p>;
  if (preview === null) return <p class="muted">Looking at what would change</p>;
  return (
    <div class="note" aria-live="polite">
      <p>
        {plural(preview.workersBefore, 'worker')} now, {exact(preview.workersAfter)} afterwards;{' '}
        {plural(preview.executorsBefore, 'executor')} now, {exact(preview.executorsAfter)}{' '}
        afterwards.
      </p>
      {preview.moves.length === 0 ? (
        <p>Every task stays on the slot that it has.</p>
      ) : (
        <section class="moves" tabIndex={0} aria-label="What would move">
          <ul>
            {preview.moves.map(({ component, before, after }) => (
              <li key={component}>
                <b>{component}</b>: {placesOf(before)} → {placesOf(after)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function placesOf(places: RebalancePreview['moves'][number]['before']): string {
  if (places.length === 0) return 'nowhere';
  return places.map(({ port, executors }) => `${executors} on ${port}`).join(', ');
}
