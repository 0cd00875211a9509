/** A topology's state as Storm's clients see it, with what must survive a restart. */
export type Lifecycle =
  | { readonly status: 'ACTIVE' | 'INACTIVE' }
  /** Its spouts are off; at `removeAtMs` (since 1970) its workers end and it is forgotten. */
  | { readonly status: 'KILLED'; readonly removeAtMs: number };

export type LifecycleEvent =
  | { readonly kind: 'activate' }
  | { readonly kind: 'deactivate' }
  | { readonly kind: 'kill'; readonly removeAtMs: number };

/**
 * Storm's state transitions: activate and deactivate may be repeated, and so may kill, which then
 * starts its wait anew; nothing else happens to a killed topology.
 * @returns null when the state does not allow the event.
 */
export function transition(state: Lifecycle, event: LifecycleEvent): Lifecycle | null {
  if (event.kind === 'kill') return { status: 'KILLED', removeAtMs: event.removeAtMs };
  if (state.status === 'KILLED') return null;
  return { status: event.kind === 'activate' ? 'ACTIVE' : 'INACTIVE' };
}
