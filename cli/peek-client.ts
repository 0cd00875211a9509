import type { PeekedTuple } from '../storm-api/index.ts';
import { CommandError } from './errors.ts';
import { readLines, type UiAddress } from './line-client.ts';

export interface PeekTarget {
  readonly topology: string;
  readonly component: string;
  /** null: every stream. */
  readonly stream: string | null;
  readonly all: boolean;
}

export type PeekEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'tuple'; readonly tuple: PeekedTuple }
  | { readonly kind: 'missed'; readonly count: number }
  /** `complete`: the topology was stopped, and everything it emitted before was sent. */
  | { readonly kind: 'end'; readonly reason: string; readonly complete: boolean };

/**
 * Live tuples of a component; leaving the loop ends the tapping.
 *
 * @throws CommandError when the topology or component is unknown, or serve goes away
 */
export async function* peek(
  address: UiAddress,
  { topology, component, stream, all }: PeekTarget,
): AsyncGenerator<PeekEvent, void, undefined> {
  const query = new URLSearchParams({ component, all: String(all) });
  if (stream !== null) query.set('stream', stream);
  const path = `/api/gearstorm/topology/${encodeURIComponent(topology)}/peek?${query}`;
  for await (const line of readLines(address, path)) {
    const event = eventOf(line as Line);
    yield event;
    if (event.kind === 'end') return;
  }
  throw new CommandError('the connection to gearstorm serve was lost');
}

interface Line extends PeekedTuple {
  readonly peek?: 'started';
  readonly missed?: number;
  readonly end?: string;
  readonly complete?: boolean;
}

function eventOf(line: Line): PeekEvent {
  if (line.peek !== undefined) return { kind: 'started' };
  if (line.missed !== undefined) return { kind: 'missed', count: line.missed };
  if (line.end !== undefined) {
    return { kind: 'end', reason: line.end, complete: line.complete === true };
  }
  return { kind: 'tuple', tuple: line };
}
