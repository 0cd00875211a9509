import type { Parallelism } from '../../translator/index.ts';

/** A topology's state as Storm's clients see it, with what must survive a restart. */
export type Lifecycle =
  | { readonly status: 'ACTIVE' | 'INACTIVE' }
  | Rebalancing
  /** Its spouts are off; at `removeAtMs` (since 1970) its workers end and it is forgotten. */
  | { readonly status: 'KILLED'; readonly removeAtMs: number };

/** Its spouts are off; at `rebalanceAtMs` (since 1970) it starts anew, in the `next` status. */
export interface Rebalancing {
  readonly status: 'REBALANCING';
  readonly rebalanceAtMs: number;
  readonly next: 'ACTIVE' | 'INACTIVE';
  /** What it wants then. */
  readonly parallelism: Parallelism;
  /** JSON of the keys of its configuration that get other values then. */
  readonly overridesJson: string;
}

export type LifecycleEvent =
  | { readonly kind: 'activate' }
  | { readonly kind: 'deactivate' }
  | {
      readonly kind: 'rebalance';
      readonly rebalanceAtMs: number;
      readonly parallelism: Parallelism;
      readonly overridesJson: string;
    }
  | { readonly kind: 'kill'; readonly removeAtMs: number };

/**
 * Storm's state transitions: activate and deactivate may be repeated, and so may kill, which then
 * starts its wait anew; nothing else happens to a killed topology. A rebalancing one can only be
 * killed.
 * @returns null when the state does not allow the event.
 */
export function transition(state: Lifecycle, event: LifecycleEvent): Lifecycle | null {
  if (event.kind === 'kill') return { status: 'KILLED', removeAtMs: event.removeAtMs };
  if (state.status === 'KILLED' || state.status === 'REBALANCING') return null;
  if (event.kind === 'rebalance') {
    const { kind: _, ...wish } = event;
    return { status: 'REBALANCING', ...wish, next: state.status };
  }
  return { status: event.kind === 'activate' ? 'ACTIVE' : 'INACTIVE' };
}

/** When the state ends by itself, in milliseconds since 1970; null when it stays as it is. */
export function endsAtMs(state: Lifecycle): number | null {
  if (state.status === 'KILLED') return state.removeAtMs;
  return state.status === 'REBALANCING' ? state.rebalanceAtMs : null;
}
