import { fact, groupBy, type Ledger, type LedgerRow } from './ledger.ts';
import { earlyAckProblems, notOnceProblems, numberedIds, spoutProblems } from './spout-rules.ts';

const sessionTasks = 4;
const rules = numberedIds(5, (index) => `rule-${index}`);
/** What a component sees of numbers that main put into its configuration. */
const settings = [
  'session.clicks.min Long 3',
  'session.weight Double 0.5',
  'shop.region String north',
];

/** What acme.sessions.SessionTopology did other than on Storm; empty when all is right. */
export function sessionProblems(ledger: Ledger, clicks: number): readonly string[] {
  const ids = numberedIds(clicks, (index) => `c${index}`);
  const failsOnce = () => false;
  return [
    ...spoutProblems(ledger, { component: 'clicks', ids, failsOnce }),
    ...spoutProblems(ledger, { component: 'rules', ids: rules, failsOnce }),
    ...notOnceProblems('parsed click', ids, parsed(ledger)),
    ...notOnceProblems('reported click', ids, ledger.of('report', 'saw').flatMap(clickIds)),
    ...earlyAckProblems(ledger, 'clicks', reported(ledger)),
    ...strayUserProblems(ledger),
    ...reportTaskProblems(ledger),
    ...localityProblems(ledger),
    ...perTaskProblems(ledger),
    ...noiseProblems(ledger),
  ];
}

/** True once every click was acked, which is after its session was reported. */
export function sessionsAreDone(ledger: Ledger, clicks: number): boolean {
  return ledger.count('clicks', 'ack') >= clicks && ledger.count('rules', 'ack') >= rules.length;
}

function parsed(ledger: Ledger): readonly string[] {
  return ledger.of('parse', 'saw').map((row) => fact(row, 0));
}

function reported(ledger: Ledger): ReadonlyMap<string, LedgerRow> {
  const rows = ledger.of('report', 'saw');
  return new Map(rows.flatMap((row) => clickIds(row).map((id) => [id, row] as const)));
}

function clickIds(report: LedgerRow): readonly string[] {
  return fact(report, 2).split(',');
}

/** A session holds clicks of one user only, and one task holds all of a user's sessions. */
function strayUserProblems(ledger: Ledger): readonly string[] {
  const reports = ledger.of('report', 'saw');
  const foreign = reports.flatMap((row) =>
    clickIds(row)
      .filter((id) => fact(row, 0) !== `user-${Number(id.slice(1)) % 40}`)
      .map((id) => `${fact(row, 0)} was given click ${id}`),
  );
  const split = [...groupBy(reports, (row) => fact(row, 0))]
    .filter(([, rows]) => new Set(rows.map((row) => fact(row, 1))).size > 1)
    .map(([user]) => `${user} had sessions in several tasks`);
  return [...foreign, ...split];
}

/** Two report tasks exist; a global grouping uses the lower one only. */
function reportTaskProblems(ledger: Ledger): readonly string[] {
  const tasks = new Set(ledger.of('report', 'saw').map((row) => row.task));
  return tasks.size === 1 ? [] : [`reports went to ${tasks.size} tasks`];
}

function localityProblems(ledger: Ledger): readonly string[] {
  const remote = ledger.of('parse', 'saw').filter((row) => fact(row, 1) !== 'local');
  return remote.map((row) => `${fact(row, 0)} left its worker`);
}

/** Each task was told its configuration and every rule once, in order, and hears the clock. */
function perTaskProblems(ledger: Ledger): readonly string[] {
  const byTask = groupBy(ledger.of('sessions', 'conf'), (row) => String(row.task));
  if (byTask.size !== sessionTasks) return [`${byTask.size} session tasks, not ${sessionTasks}`];
  return [...byTask].flatMap(([task, confRows]) => {
    const told = ledger.of('sessions', 'rules').filter((row) => String(row.task) === task);
    const ticks = ledger.of('sessions', 'tick').filter((row) => String(row.task) === task);
    return [
      ...differences(`task ${task} configuration`, confRows.map(allFacts), settings),
      ...differences(
        `task ${task} rules`,
        told.map((row) => fact(row, 1)),
        rules,
      ),
      ...differences(`task ${task} ticks`, [...new Set(ticks.map(allFacts))], ['__system -1 [1]']),
    ];
  });
}

/** Every tenth click came with a noise tuple of its own, spread over the tasks as none does. */
function noiseProblems(ledger: Ledger): readonly string[] {
  const wanted = ledger.of('clicks', 'emit').filter((row) => Number(fact(row, 2)) % 10 === 0);
  const got = ledger.of('sessions', 'clicks');
  return wanted.length === got.length ? [] : [`${got.length} noises, not ${wanted.length}`];
}

function allFacts(row: LedgerRow): string {
  return row.facts.join(' ');
}

function differences(what: string, got: readonly string[], wanted: readonly string[]) {
  return got.join() === wanted.join() ? [] : [`${what}: ${got.join()}, not ${wanted.join()}`];
}
