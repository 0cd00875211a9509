// Goal: the rules accept what real Storm did and see each kind of broken promise.
// Method: expected/ holds ledgers that Apache Storm 0.10.2 wrote with these topologies; each test
// breaks one promise in a copy.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { crawlIsDone, crawlProblems } from './crawl-rules.ts';
import { fraudIsDone, fraudProblems, rebalancedFraudProblems } from './fraud-rules.ts';
import { Ledger } from './ledger.ts';
import { sessionProblems, sessionsAreDone } from './session-rules.ts';

const fraud = await stormLedger('fraud');
const sessions = await stormLedger('sessions');
const crawl = await stormLedger('crawl');

it('accepts what Storm did', () => {
  expect(fraudProblems(ledgerOf(fraud), 120)).toEqual([]);
  expect(fraudIsDone(ledgerOf(fraud), 120)).toBe(true);
  expect(sessionProblems(ledgerOf(sessions), 120)).toEqual([]);
  expect(sessionsAreDone(ledgerOf(sessions), 120)).toBe(true);
  expect(crawlProblems(ledgerOf(crawl), 10)).toEqual([]);
  expect(crawlIsDone(ledgerOf(crawl), 10)).toBe(true);
});

it('sees a lost order', () => {
  const broken = fraud.filter((line) => !/^archive\t\d+\tsaw\t42\t/.test(line));
  expect(fraudProblems(ledgerOf(broken), 120)).toEqual([
    'archived order 42: 0 times, not once',
    'orders 42: acked, but had no effect',
    'payments 42: acked, but had no effect',
  ]);
});

it('sees an order archived twice', () => {
  const again = fraud.filter((line) => /^archive\t\d+\tsaw\t42\t/.test(line));
  expect(fraudProblems(ledgerOf([...fraud, ...again]), 120)).toContain(
    'archived order 42: 2 times, not once',
  );
});

it('sees an ack that came before the tuple reached the archive', () => {
  const broken = moveToEnd(fraud, /^archive\t\d+\tsaw\t42\t/);
  expect(fraudProblems(ledgerOf(broken), 120)).toEqual([
    'orders 42: acked before its effect was there',
    'payments 42: acked before its effect was there',
  ]);
});

it('sees a missing ack and a failure that the spout never heard of', () => {
  const broken = fraud.filter((line) => !/^orders\t\d+\tack\t42\t|^payments.*fail\t7\t/.test(line));
  expect(fraudProblems(ledgerOf(broken), 120)).toEqual([
    'orders 42: emit, not emit ack',
    'payments 7: emit emit ack, not emit fail emit ack',
  ]);
});

it('sees what a rebalance lost, and what it did twice', () => {
  expect(rebalancedFraudProblems(ledgerOf(fraud), 120)).toEqual([]);
  const unheard = fraud.filter((line) => !/^orders\t\d+\tack\t42\t/.test(line));
  expect(rebalancedFraudProblems(ledgerOf(unheard), 120)).toEqual([
    'acked orders 42: 0 times, not once',
    'orders 42 in life 1: 1 emits unfinished',
  ]);
  const again = fraud.filter((line) => /^(archive\t\d+\tsaw|orders\t\d+\tack)\t42\t/.test(line));
  expect(rebalancedFraudProblems(ledgerOf([...fraud, ...again]), 120)).toEqual([
    'acked orders 42: 2 times, not once',
    'orders 42 in life 1: -1 emits unfinished',
    'archived order 42: 2 times, not once',
    'orders 42: acked before its effect was there',
    'payments 42: acked before its effect was there',
  ]);
});

it('lets a payment go unfinished only if its order was not emitted in the same life', () => {
  const opens = fraud.filter((line) => /^(orders|payments)\t\d+\topen\t/.test(line));
  const emitOf = (side: string) =>
    fraud.find((line) => line.startsWith(side) && /emit\t42\t/.test(line));
  const afterLifeWith = (...sides: readonly string[]) => {
    const emits = sides.map((side) => emitOf(side) ?? '');
    const problems = rebalancedFraudProblems(ledgerOf([...opens, ...emits, ...fraud]), 120);
    return problems.filter((each) => each.endsWith('unfinished'));
  };
  expect(afterLifeWith('payments')).toEqual([]);
  expect(afterLifeWith('orders', 'payments')).toEqual([
    'orders 42 in life 1: 1 emits unfinished',
    'payments 42 in life 1: 1 emits unfinished',
  ]);
});

it('sees an ack of nothing, and one on another thread', () => {
  const task = fraud.find((line) => /^orders\t\d+\tack/.test(line))?.split('\t')[1] ?? '';
  const broken = [...fraud, `orders\t${task}\tack\tnull\t999999`];
  expect(fraudProblems(ledgerOf(broken), 120)).toEqual([
    'orders heard of unknown message null',
    `orders task ${task} heard results on 2 threads`,
    'orders null: acked, but had no effect',
  ]);
});

it('sees tuples that overtook each other on their way', () => {
  const broken = moveToEnd(fraud, /^join\t\d+\tsaw\torders\t\d+\tcustomer-0\t1$/);
  const problems = fraudProblems(ledgerOf(broken), 120);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(/^orders \d+ to \[\d+\]: arrived .*,1, emitted 1,/);
});

it('sees a customer at a task that Storm would not have chosen', () => {
  const joins = [
    ...new Set(
      ledgerOf(fraud)
        .of('join', 'saw')
        .map((row) => row.task),
    ),
  ].sort();
  const [low = 0, high = 0] = joins;
  const swapped = fraud.map((line) => swapTasks(line, String(low), String(high)));
  const problems = fraudProblems(ledgerOf(swapped), 120);
  expect(problems.some((problem) => /^customer-\d+ went to task/.test(problem))).toBe(true);
});

it('sees an alert at another task than the named one', () => {
  const broken = fraud.map((line) =>
    line.replace(/^alerts\t(\d+)\tsaw\t13\t/, 'alerts\t99\tsaw\t13\t'),
  );
  expect(fraudProblems(ledgerOf(broken), 120)).toEqual(['alert 13 went to task 99']);
});

it('sees a spout that was never activated', () => {
  const broken = sessions.filter((line) => !/^rules\t\d+\tactivate/.test(line));
  expect(sessionProblems(ledgerOf(broken), 120)[0]).toMatch(
    /^rules task \d+ began with open, emit$/,
  );
});

it('sees a configuration value of another type', () => {
  const broken = sessions.map((line) =>
    line.replace('session.clicks.min\tLong', 'session.clicks.min\tInteger'),
  );
  const problems = sessionProblems(ledgerOf(broken), 120);
  expect(problems).toHaveLength(4);
  expect(problems[0]).toMatch(/configuration: session.clicks.min Integer 3,/);
});

it('sees a broadcast that missed a task and a click that left its worker', () => {
  const missed = sessions.findIndex((line) => /^sessions\t\d+\trules\t.*rule-3/.test(line));
  const broken = sessions
    .filter((_, index) => index !== missed)
    .map((line) => line.replace(/^(parse\t\d+\tsaw\tc9)\tlocal/, '$1\tremote'));
  const problems = sessionProblems(ledgerOf(broken), 120);
  expect(problems[0]).toBe('c9 left its worker');
  expect(problems[1]).toMatch(/rules: rule-0,rule-1,rule-2,rule-4, not/);
});

it('sees a page that the loop lost, and one fetched in two places', () => {
  const broken = crawl
    .filter((line) => !/^store\t\d+\tsaw\ts5\t1\ts5\/0\/1\/2$/.test(line))
    .concat('fetch\t99\tsaw\tdedup\ts6/1');
  const problems = crawlProblems(ledgerOf(broken), 10);
  expect(problems[0]).toBe('page s5 1 s5/0/1/2: 0 times, not once');
  expect(problems[1]).toMatch(/^s6\/1 was fetched by tasks \d+ and 99$/);
});

it('leaves out a row that is not complete yet', () => {
  expect(new Ledger('orders\t4\tack\t1\t9\norders\t4\tac').rows).toHaveLength(1);
});

async function stormLedger(name: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`expected/${name}.tsv`, import.meta.url), 'utf8');
  return text.trimEnd().split('\n');
}

function ledgerOf(lines: readonly string[]): Ledger {
  return new Ledger(`${lines.join('\n')}\n`);
}

function moveToEnd(lines: readonly string[], row: RegExp): readonly string[] {
  return [...lines.filter((line) => !row.test(line)), ...lines.filter((line) => row.test(line))];
}

function swapTasks(line: string, one: string, other: string): string {
  const [component, task, ...rest] = line.split('\t');
  if (component !== 'join') return line;
  const swapped = new Map([
    [one, other],
    [other, one],
  ]).get(task ?? '');
  return [component, swapped ?? task, ...rest].join('\t');
}
