import { useState } from 'preact/hooks';
import type {
  PreviewedTopology,
  RunEnd,
  RunOutput,
  StartAnswer,
} from '../../submission/submission-answers.ts';
import { postJson, sentenceOf } from '../api.ts';
import { plural } from '../format.ts';
import { addressOf, goTo } from '../router.ts';
import { Graph } from '../topology/graph.tsx';
import { useEvents } from '../use-events.ts';
import { ConnectionNote } from '../widgets/connection-note.tsx';
import { Problem } from '../widgets/problem.tsx';

const outputMax = 200_000;

/** What a run prints, what it submits, and the button that starts it. */
export function RunView({ run }: { readonly run: string }) {
  const path = `/api/gearstorm/submission/runs/${encodeURIComponent(run)}`;
  const [output, setOutput] = useState('');
  const [previews, setPreviews] = useState<readonly PreviewedTopology[]>([]);
  const [end, setEnd] = useState<RunEnd | null>(null);
  const [isStarted, setStarted] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const connection = useEvents(`${path}/events`, {
    begin: () => {
      setOutput(''); // all of it comes again with each connection
      setPreviews([]);
    },
    output: ({ text }: RunOutput) =>
      setOutput((before) => asOnTerminal(before + text).slice(-outputMax)),
    preview: (topology: PreviewedTopology) => setPreviews((before) => [...before, topology]),
    end: setEnd,
  });
  const start = async () => {
    setStarted(true);
    setProblem(null);
    try {
      const { started } = await postJson<StartAnswer>(`${path}/start`);
      const [first] = started;
      if (first !== undefined) goTo(['topology', first.id]);
    } catch (error) {
      setProblem(sentenceOf(error));
      setStarted(false);
    }
  };
  const stop = () => postJson(`${path}/stop`).catch((error) => setProblem(sentenceOf(error)));
  const canStart = previews.length > 0;
  return (
    <>
      <ConnectionNote connection={connection} />
      <section class="card" aria-label="Run">
        <div class="title">
          <h2>{end === null ? 'Running its main' : 'Its main has ended'}</h2>
          {end === null ? (
            <button type="button" onClick={() => void stop()}>
              Stop it
            </button>
          ) : null}
        </div>
        <Problem sentence={end?.problem ?? null} />
        {end !== null && end.problem === null && end.started.length === 0 && !canStart ? (
          <p class="note">It submitted no topology, so that there is nothing to start.</p>
        ) : null}
        {end?.started.map(({ id, name }) => (
          <p class="note" key={id}>
            Submitted: <a href={addressOf(['topology', id])}>{name}</a>
          </p>
        ))}
        {canStart ? (
          <p class="note">
            What it says it submitted was kept back: nothing runs before you start it.
          </p>
        ) : null}
        {output === '' ? null : (
          <pre class="log" tabIndex={0}>
            {output}
          </pre>
        )}
      </section>
      {previews.map((each) => (
        <Preview key={each.graph.name} topology={each} />
      ))}
      <Problem sentence={problem} />
      {end !== null && canStart ? (
        <button type="button" class="primary" disabled={isStarted} onClick={() => void start()}>
          Start {previews.map(({ graph }) => graph.name).join(', ')}
        </button>
      ) : null}
    </>
  );
}

function Preview({ topology }: { readonly topology: PreviewedTopology }) {
  const { graph, workers, tasks, executors } = topology;
  return (
    <section class="card" aria-label={`Preview of ${graph.name}`}>
      <h2>{graph.name}</h2>
      <p class="muted">
        {plural(graph.components.length, 'component')}, {plural(tasks, 'task')},{' '}
        {plural(executors, 'executor')}, wants {plural(workers, 'worker')}
      </p>
      <Graph
        graph={graph}
        lines={new Map()}
        edgesPerSec={[]}
        bottleneck={null}
        selected={null}
        onSelect={() => {}}
      />
    </section>
  );
}

/** Of a line that was begun anew, as progress bars do, the last one. */
function asOnTerminal(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(/[^\n]*\r(?=[^\n])/g, '');
}
