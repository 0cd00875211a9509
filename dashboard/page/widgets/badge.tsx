import type { Health, Status } from '../../live/messages.ts';

const words: Readonly<Record<Health, string>> = {
  good: 'runs well',
  busy: 'held back',
  failing: 'tuples fail',
  bad: 'has a problem',
  stopped: 'stopped',
};

/** A topology's health as a word with a colour, never a colour alone. */
export function HealthBadge(props: { readonly health: Health }) {
  return <span class={`badge ${props.health}`}>{words[props.health]}</span>;
}

/** Storm's word for its state. */
export function StatusBadge(props: { readonly status: Status }) {
  return <span class={`badge status-${props.status.toLowerCase()}`}>{props.status}</span>;
}
