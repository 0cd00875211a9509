import type { ErrorLine } from '../../live/messages.ts';
import { moment, plural } from '../format.ts';
import { addressOf } from '../router.ts';
import { Empty } from '../widgets/empty.tsx';
import type { TopologyView } from './topology-view.ts';

/** What components reported, alike ones together. */
export function ErrorsTab({ view }: { readonly view: TopologyView }) {
  const { now, selected } = view;
  const errors =
    selected === null ? now.errors : now.errors.filter(({ component }) => component === selected);
  return (
    <>
      {selected === null ? null : (
        <p class="note">
          Errors of {selected}.{' '}
          <a href={addressOf(['topology', now.id, 'errors'])}>Those of all components</a>
        </p>
      )}
      {errors.length === 0 ? (
        <Empty title="No errors reported">
          What a component throws or reports to Storm would be here.
        </Empty>
      ) : (
        errors.map((error) => (
          <ErrorCard key={`${error.component} ${error.firstSeenMs}`} id={now.id} error={error} />
        ))
      )}
    </>
  );
}

function ErrorCard({ id, error }: { readonly id: string; readonly error: ErrorLine }) {
  const [first = '', ...rest] = error.message.split('\n');
  const inLog = addressOf(['topology', id, 'logs'], { port: String(error.port), find: first });
  return (
    <section class="card error" aria-label={`Error of ${error.component}: ${first}`}>
      <h2 class="wrap">{first}</h2>
      <p class="muted">
        <b>{error.component}</b>
        {error.task === null ? '' : `, task ${error.task}`}, worker {error.host}:{error.port};{' '}
        {plural(error.count, 'time')}, first {moment(error.firstSeenMs)}, last{' '}
        {moment(error.lastSeenMs)}
      </p>
      {rest.length === 0 ? null : (
        <details>
          <summary>Stack</summary>
          <pre>{rest.join('\n')}</pre>
        </details>
      )}
      <a href={inLog}>Find it in the log</a>
    </section>
  );
}
