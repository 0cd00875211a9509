import { fact, groupBy, type Ledger, type LedgerRow } from './ledger.ts';

export interface SpoutExpectation {
  readonly component: string;
  readonly ids: readonly string[];
  /** True for a message that some bolt fails exactly once. */
  readonly failsOnce: (id: string) => boolean;
}

/**
 * What Storm promises a spout whose messages never time out: each is acked exactly once, failed
 * exactly as often as a bolt failed it, and all calls of a task come from one thread, in order.
 */
export function spoutProblems(ledger: Ledger, expected: SpoutExpectation): readonly string[] {
  const rows = ledger.rows.filter((row) => row.component === expected.component);
  return [
    ...messageProblems(rows, expected),
    ...[...groupBy(rows, (row) => String(row.task)).values()].flatMap(taskProblems),
  ];
}

function messageProblems(
  rows: readonly LedgerRow[],
  { component, ids, failsOnce }: SpoutExpectation,
): readonly string[] {
  const messageRows = rows.filter((row) => ['emit', 'ack', 'fail'].includes(row.event));
  const byId = groupBy(messageRows, (row) => fact(row, 0));
  const known = new Set(ids);
  const strangers = [...byId.keys()].filter((id) => !known.has(id));
  const wrong = ids.flatMap((id) => {
    const seen = (byId.get(id) ?? []).map((row) => row.event).join(' ');
    const wanted = failsOnce(id) ? 'emit fail emit ack' : 'emit ack';
    return seen === wanted ? [] : [`${component} ${id}: ${seen || 'nothing'}, not ${wanted}`];
  });
  return [...strangers.map((id) => `${component} heard of unknown message ${id}`), ...wrong];
}

function taskProblems(rows: readonly LedgerRow[]): readonly string[] {
  const [first, second] = rows;
  const name = `${first?.component} task ${first?.task}`;
  const problems: string[] = [];
  if (first?.event !== 'open' || second?.event !== 'activate') {
    problems.push(`${name} began with ${first?.event}, ${second?.event}`);
  }
  const results = rows.filter((row) => row.event === 'ack' || row.event === 'fail');
  const threads = new Set(results.map((row) => fact(row, 1)));
  if (threads.size > 1) problems.push(`${name} heard results on ${threads.size} threads`);
  return problems;
}

/** Every message's ack comes after the row that shows its last effect. */
export function earlyAckProblems(
  ledger: Ledger,
  component: string,
  effects: ReadonlyMap<string, LedgerRow>,
): readonly string[] {
  return ledger.of(component, 'ack').flatMap((ack) => {
    const effect = effects.get(fact(ack, 0));
    if (effect === undefined) return [`${component} ${fact(ack, 0)}: acked, but had no effect`];
    return effect.position < ack.position
      ? []
      : [`${component} ${fact(ack, 0)}: acked before its effect was there`];
  });
}

/** Numbers below the limit, as message ids. */
export function numberedIds(count: number, name: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => name(index));
}

/** The ids that do not stand exactly once in `seen`. */
export function notOnceProblems(
  what: string,
  wanted: readonly string[],
  seen: readonly string[],
): readonly string[] {
  const counts = groupBy(seen, (id) => id);
  const known = new Set(wanted);
  return [
    ...wanted.flatMap((id) => {
      const count = counts.get(id)?.length ?? 0;
      return count === 1 ? [] : [`${what} ${id}: ${count} times, not once`];
    }),
    ...[...counts.keys()].filter((id) => !known.has(id)).map((id) => `${what} ${id}: unexpected`),
  ];
}
