import { fact, groupBy, type Ledger, type LedgerRow } from './ledger.ts';
import { earlyAckProblems, notOnceProblems, numberedIds, spoutProblems } from './spout-rules.ts';

const sides = ['orders', 'payments'];

/** What acme.fraud.FraudTopology did other than on Storm, in sentences; empty when all is right. */
export function fraudProblems(ledger: Ledger, orders: number): readonly string[] {
  const ids = numberedIds(orders, String);
  const failsOnce = (id: string) => Number(id) % 100 === 7;
  return [
    ...sides.flatMap((component) => spoutProblems(ledger, { component, ids, failsOnce })),
    ...notOnceProblems('archived order', ids, orderIds(ledger, 'archive', 'saw')),
    ...sides.flatMap((side) => earlyAckProblems(ledger, side, lastEffects(ledger))),
    ...alertProblems(ledger, ids),
    ...sides.flatMap((side) => deliveryProblems(ledger, side)),
    ...customerProblems(ledger),
  ];
}

/**
 * The same for a topology whose workers were replaced when everything under way was finished. What
 * had failed, or waited for a partner that its spout had no time to emit, is emitted again and may
 * fail once in each life; but nothing is lost and nothing is done twice.
 */
export function rebalancedFraudProblems(ledger: Ledger, orders: number): readonly string[] {
  const ids = numberedIds(orders, String);
  return [
    ...sides.flatMap((side) =>
      notOnceProblems(`acked ${side}`, ids, orderIds(ledger, side, 'ack')),
    ),
    ...unfinishedProblems(ledger),
    ...notOnceProblems('archived order', ids, orderIds(ledger, 'archive', 'saw')),
    ...sides.flatMap((side) => earlyAckProblems(ledger, side, lastEffects(ledger))),
    ...alertProblems(ledger, ids),
    ...sides.flatMap((side) => deliveryProblems(ledger, side)),
    ...customerProblems(ledger),
  ];
}

/** True while nothing is under way but orders that wait for a partner which was not emitted. */
export function fraudIsSettled(ledger: Ledger): boolean {
  return unfinishedProblems(ledger).length === 0;
}

/** True once both spouts heard of every order. */
export function fraudIsDone(ledger: Ledger, orders: number): boolean {
  return sides.every((side) => ledger.count(side, 'ack') >= orders);
}

/** An emit goes without ack or fail only if the other side was not emitted in the same life. */
function unfinishedProblems(ledger: Ledger): readonly string[] {
  const bySide = sides.map((side) => ({ side, messages: messagesByLife(ledger, side) }));
  return bySide.flatMap(({ side, messages }, index) =>
    [...messages].flatMap(([message, events]) => {
      const partners = bySide[1 - index]?.messages.get(message) ?? [];
      const emits = countOf(events, 'emit');
      const waiting = Math.max(0, emits - countOf(partners, 'emit'));
      const unfinished = emits - countOf(events, 'ack') - countOf(events, 'fail');
      return unfinished === waiting ? [] : [`${side} ${message}: ${unfinished} emits unfinished`];
    }),
  );
}

/** The events of each message in each life of the task that emitted it. */
function messagesByLife(ledger: Ledger, side: string): ReadonlyMap<string, readonly string[]> {
  const lives = new Map<number, number>();
  const messages = new Map<string, string[]>();
  for (const { component, task, event, facts } of ledger.rows) {
    if (component !== side) continue;
    if (event === 'open') lives.set(task, (lives.get(task) ?? 0) + 1);
    if (!['emit', 'ack', 'fail'].includes(event)) continue;
    const message = `${facts[0]} in life ${lives.get(task)}`;
    messages.set(message, [...(messages.get(message) ?? []), event]);
  }
  return messages;
}

function countOf(events: readonly string[], wanted: string): number {
  return events.filter((event) => event === wanted).length;
}

function orderIds(ledger: Ledger, component: string, event: string): readonly string[] {
  return ledger.of(component, event).map((row) => fact(row, 0));
}

function lastEffects(ledger: Ledger): ReadonlyMap<string, LedgerRow> {
  const effects = new Map<string, LedgerRow>();
  for (const row of ledger.rows) {
    if ((row.component === 'archive' || row.component === 'alerts') && row.event === 'saw') {
      effects.set(fact(row, 0), row);
    }
  }
  return effects;
}

/** An alert arrives once, at the very task that the score bolt named. */
function alertProblems(ledger: Ledger, ids: readonly string[]): readonly string[] {
  const wanted = ids.filter((id) => Number(id) % 10 === 3);
  const named = new Map(ledger.of('score', 'alert').map((row) => [fact(row, 0), fact(row, 1)]));
  const astray = ledger
    .of('alerts', 'saw')
    .filter((row) => named.get(fact(row, 0)) !== String(row.task))
    .map((row) => `alert ${fact(row, 0)} went to task ${row.task}`);
  return [...notOnceProblems('alert', wanted, orderIds(ledger, 'alerts', 'saw')), ...astray];
}

/** What emit returned is what arrived, in the order of the emits of each spout task. */
function deliveryProblems(ledger: Ledger, side: string): readonly string[] {
  const emits = ledger.of(side, 'emit');
  const arrivals = ledger.of('join', 'saw').filter((row) => fact(row, 0) === side);
  const sent = groupBy(emits, (row) => `${row.task} to ${fact(row, 3)}`);
  const seen = groupBy(arrivals, (row) => `${fact(row, 1)} to [${row.task}]`);
  return [...new Set([...sent.keys(), ...seen.keys()])].flatMap((way) => {
    const wanted = (sent.get(way) ?? []).map((row) => fact(row, 2)).join();
    const got = (seen.get(way) ?? []).map((row) => fact(row, 3)).join();
    return wanted === got ? [] : [`${side} ${way}: arrived ${got}, emitted ${wanted}`];
  });
}

/** A customer's orders and payments meet at the task that Storm's hash of the customer names. */
function customerProblems(ledger: Ledger): readonly string[] {
  const arrivals = ledger.of('join', 'saw');
  const tasks = [...new Set(arrivals.map((row) => row.task))].sort((a, b) => a - b);
  return arrivals.flatMap((row) => {
    const customer = fact(row, 2);
    const wanted = tasks[floorMod(31 + javaHash(customer), tasks.length)];
    return row.task === wanted ? [] : [`${customer} went to task ${row.task}, not ${wanted}`];
  });
}

/** Java's String.hashCode. */
function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** The sum that makes a list's hash wraps round as Java's int does. */
function floorMod(hash: number, count: number): number {
  const rest = (hash | 0) % count;
  return rest < 0 ? rest + count : rest;
}
