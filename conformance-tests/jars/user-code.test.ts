// Goal: groupings that leave their subscriber, hooks, metrics consumers and failing user code are
// seen as on Storm. Method: topologies submitted by the real client write down what happens to them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { NimbusClient } from '../../storm-api/nimbus/index.ts';
import { Gearstorm, jars, waitFor } from '../harness/index.ts';
import { fact, type Ledger, readLedger } from './ledger.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

const messages = 80;
/** Components with metrics that a consumer must hear of. */
const reports = [
  'numbers __emit-count',
  'numbers __transfer-count',
  'numbers __ack-count',
  'numbers own-emits',
  'count __execute-count',
  '__system memory/heap',
];
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

it('delivers what a custom grouping sends to bolts that do not subscribe', async () => {
  const path = await submit('acme.strays.StraysTopology', 'strays');
  const tracked = numbers((number) => number % 4 !== 3);
  const ledger = await until(
    path,
    'every ack',
    (each) => each.count('numbers', 'ack') >= tracked.length,
  );
  expect(factsOf(ledger, 'numbers', 'ack')).toEqual(sorted(tracked));
  expect(ledger.count('numbers', 'fail')).toBe(0);
  const near = numbers((number) => number % 4 === 0 || number % 4 === 2);
  const far = numbers((number) => number % 4 === 1 || number % 4 === 2);
  expect(factsOf(ledger, 'near', 'execute')).toEqual(sorted(near));
  expect(factsOf(ledger, 'far', 'execute')).toEqual(sorted(far));
  const sources = [...ledger.of('near', 'execute'), ...ledger.of('far', 'execute')];
  expect(new Set(sources.map((row) => fact(row, 1)))).toEqual(new Set(['numbers']));
  const emitted = new Map(ledger.of('numbers', 'emit').map((row) => [fact(row, 0), fact(row, 1)]));
  expect([emitted.get('3'), emitted.get('7')]).toEqual(['[999]', '[null]']);
});

it('tells hooks what tasks do, and metrics consumers what was counted, between workers', async () => {
  const path = await submit('acme.watched.WatchedTopology', 'watched');
  const consumer = '__metricsacme.watched.RecordingConsumer';
  const ledger = await until(
    path,
    'all counts, acks and reports',
    (each) =>
      counted(each, consumer) === messages &&
      hooked(each, 'numbers', 'spoutAck') === messages &&
      hooked(each, 'count', 'boltExecute') === messages &&
      portsOf(each, consumer).size === 2 &&
      reports.every((report) => reportsOf(each, consumer).has(report)),
  );
  for (const kind of ['auto', 'added']) {
    const emits = ledger.of('numbers', kind).filter((row) => fact(row, 0) === 'emit');
    expect(sorted(emits.map((row) => fact(row, 1)))).toEqual(
      sorted(numbers(() => true).map((number) => `[${number}]`)),
    );
  }
  expect(hooked(ledger, 'count', 'boltAck')).toBe(messages);
  expect(ledger.of('count', 'added')).toEqual([]);

  const consumers = ledger.of(consumer, 'prepare');
  expect(consumers.map((row) => fact(row, 0))).toEqual(['its argument', 'its argument']);
  const log = await gearstorm.run('logs', 'watched', '-n', '2000');
  expect(log.stdout).toMatch(/:numbers\s+own-emits\s+\d/);
});

it('says what failed in the answers of Nimbus, and runs the rest on', async () => {
  await gearstorm.submit(jars.acme, 'acme.tools.Faulty', 'faulty');
  const nimbus = await NimbusClient.connect({
    host: '127.0.0.1',
    port: gearstorm.nimbusPort,
    timeoutMs: 10_000,
  });
  try {
    const untilReported = (what: string, least: number) =>
      waitFor(what, 120_000, async () => {
        const { topologies } = await nimbus.call('getClusterInfo', {});
        const info = await nimbus.call('getTopologyInfo', { id: topologies[0]?.id ?? '' });
        const found = info.errors.get('faulty') ?? [];
        return found.length >= least ? info.errors : null;
      });
    // A life reports five of the seven errors, and what it threw counts as the eighth.
    const errors = await untilReported('a first life', 6);
    const texts = (errors.get('faulty') ?? []).map(({ error }) => error);
    const first = texts.slice(-5).map((text) => /reported \d/.exec(text)?.[0]);
    expect(first).toEqual([4, 3, 2, 1, 0].map((number) => `reported ${number}`));
    expect(texts.join()).not.toContain('reported 5');
    expect(texts.join()).toContain('IllegalArgumentException: thrown at words');
    expect(errors.get('words')).toEqual([]);
    await untilReported('a second life', 10); // of a component so many are kept
    const log = await gearstorm.run('logs', 'faulty', '-n', '2000');
    expect(log.stdout).toContain('reported 6');
    expect(await gearstorm.serveLog()).toMatch(
      /component faulty, task 2 of topology faulty threw java\.lang\.IllegalArgumentException/,
    );
  } finally {
    nimbus.close();
  }
});

async function submit(main: string, name: string): Promise<string> {
  const path = join(gearstorm.directory, `${name}.tsv`);
  await writeFile(path, '');
  await gearstorm.submit(jars.acme, main, name, path, String(messages));
  return path;
}

async function until(
  path: string,
  what: string,
  isReached: (ledger: Ledger) => boolean,
): Promise<Ledger> {
  await waitFor(what, 120_000, async () => isReached(await readLedger(path))).catch(
    async (error: unknown) => {
      throw new Error(`${error}:\n${(await readFile(path, 'utf8')).slice(-3000)}`);
    },
  );
  return readLedger(path);
}

/** What the spout's own metric told the consumers in all. */
function counted(ledger: Ledger, consumer: string): number {
  return ledger
    .of(consumer, 'point')
    .filter((row) => fact(row, 3) === 'own-emits')
    .reduce((sum, row) => sum + Number(fact(row, 4)), 0);
}

/** How often the hook that the configuration names was called so. */
function hooked(ledger: Ledger, component: string, call: string): number {
  return ledger.of(component, 'auto').filter((row) => fact(row, 0) === call).length;
}

/** Every component with a metric that was reported of it. */
function reportsOf(ledger: Ledger, consumer: string): ReadonlySet<string> {
  const points = ledger.of(consumer, 'point');
  return new Set(points.map((row) => `${fact(row, 0)} ${fact(row, 3)}`));
}

/** The workers that reports came from. */
function portsOf(ledger: Ledger, consumer: string): ReadonlySet<string> {
  return new Set(ledger.of(consumer, 'point').map((row) => fact(row, 2)));
}

function numbers(isWanted: (number: number) => boolean): readonly number[] {
  return Array.from({ length: messages }, (_, number) => number).filter(isWanted);
}

function factsOf(ledger: Ledger, component: string, event: string): readonly string[] {
  return sorted(ledger.of(component, event).map((row) => fact(row, 0)));
}

function sorted(items: readonly (string | number)[]): readonly string[] {
  return items.map(String).sort();
}
