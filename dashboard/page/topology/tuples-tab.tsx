import { useState } from 'preact/hooks';
import { topologyPath } from '../api.ts';
import { count } from '../format.ts';
import { goTo } from '../router.ts';
import { useLines } from '../use-lines.ts';
import { Empty } from '../widgets/empty.tsx';
import type { TopologyView } from './topology-view.ts';

const tuplesMax = 200;

interface Tuple {
  readonly task: number;
  readonly stream: string;
  readonly timeMs: number;
  readonly values: readonly unknown[];
}

interface PeekLine extends Partial<Tuple> {
  readonly missed?: number;
  readonly end?: string;
}

/** What a component emits, as it does; some are left out where there are many. */
export function TuplesTab({ view }: { readonly view: TopologyView }) {
  const { graph, now, selected } = view;
  const components = graph.components.filter(
    ({ kind, streams }) => kind !== 'system' && streams.length > 0,
  );
  const component = selected ?? components[0]?.id ?? '';
  const streams = components.find(({ id }) => id === component)?.streams ?? [];
  return (
    <section class="card" aria-label="Tuples">
      <div class="bar">
        <label>
          Component
          <select
            value={component}
            onChange={(event) =>
              goTo(['topology', now.id, 'tuples'], { component: event.currentTarget.value })
            }
          >
            {streams.length === 0 ? <option>{component}</option> : null}
            {components.map(({ id }) => (
              <option key={id}>{id}</option>
            ))}
          </select>
        </label>
        <p class="muted">
          {streams.map(({ id, fields }) => `${id} (${fields.join(', ')})`).join('; ')}
        </p>
      </div>
      {streams.length === 0 ? (
        <Empty title={component === '' ? 'Nothing here emits' : `${component} emits nothing`}>
          Only components with a stream have tuples to show.
        </Empty>
      ) : (
        <Peek key={component} id={now.id} component={component} />
      )}
    </section>
  );
}

function Peek(props: { readonly id: string; readonly component: string }) {
  const { id, component } = props;
  const [tuples, setTuples] = useState<readonly Tuple[]>([]);
  const [missed, setMissed] = useState(0);
  const [isOn, setOn] = useState(true);
  const path = topologyPath(id, `peek?component=${encodeURIComponent(component)}`);
  const problem = useLines<PeekLine>(isOn ? path : null, (batch) => {
    const seen = batch.filter((each): each is Tuple => each.values !== undefined);
    if (seen.length > 0) setTuples((before) => [...before, ...seen].slice(-tuplesMax));
    const left = batch.reduce((sum, each) => sum + (each.missed ?? 0), 0);
    if (left > 0) setMissed((before) => before + left);
  });
  return (
    <>
      <div class="bar">
        <button type="button" onClick={() => setOn(!isOn)}>
          {isOn ? 'Hold' : 'Go on'}
        </button>
        <span class="muted">
          {count(tuples.length)} shown, {count(missed)} left out
        </span>
      </div>
      {problem === null ? null : <p class="note">{problem}</p>}
      {tuples.length === 0 && problem === null ? (
        <Empty title="Waiting for tuples">{isOn ? '' : 'Nothing is shown before you go on.'}</Empty>
      ) : null}
      <pre class="log tuples" tabIndex={0}>
        {[...tuples].reverse().map((tuple, index) => (
          <div key={tuples.length - index}>
            <span class="port">
              {new Date(tuple.timeMs).toLocaleTimeString('sv-SE')} task {tuple.task} {tuple.stream}
            </span>{' '}
            {JSON.stringify(tuple.values)}
          </div>
        ))}
      </pre>
    </>
  );
}
