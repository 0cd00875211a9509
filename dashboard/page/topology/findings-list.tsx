import { moment } from '../format.ts';
import { addressOf } from '../router.ts';
import { findingsOf } from './findings.ts';
import type { TopologyView } from './topology-view.ts';

/** What is slow, why and since when, in sentences. */
export function FindingsList({ view }: { readonly view: TopologyView }) {
  const { now, history } = view;
  const findings = findingsOf(now, history);
  if (findings.length === 0) return null;
  return (
    <section class="card findings" aria-label="What stands in the way">
      {findings.map(({ kind, what, why, sinceMs, isOlder, component }) => (
        <div key={kind} class={`finding ${kind}`}>
          <h2>
            {what}
            {sinceMs === null ? null : (
              <span class="muted since">
                {' '}
                since {isOlder ? 'before ' : ''}
                {moment(sinceMs)}
              </span>
            )}
          </h2>
          {why.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {component === null ? null : (
            <a href={addressOf(['topology', now.id, 'graph'], { component })}>
              Look at {component}
            </a>
          )}
        </div>
      ))}
    </section>
  );
}
