// Goal: topologies written by someone who knows Storm, and nothing of our runtime, behave as they
// do on Apache Storm. Method: they write down what they see; the rules judge the ledgers.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, isRunning, jars, waitFor } from '../harness/index.ts';
import { crawlIsDone, crawlProblems } from './crawl-rules.ts';
import { fraudIsDone, fraudProblems } from './fraud-rules.ts';
import { type Ledger, readLedger, workerPids } from './ledger.ts';
import { sessionProblems, sessionsAreDone } from './session-rules.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterAll(() => gearstorm.stop());

// clause: fields-hash, order, fail-alone, direct-emit, error-alone
it('joins, fails, replays and alerts exactly as Storm does', async () => {
  const ledger = await runToItsEnd({
    main: 'acme.fraud.FraudTopology',
    messages: 3000,
    isDone: fraudIsDone,
  });
  expect(fraudProblems(ledger, 3000)).toEqual([]);
});

// clause: component-conf, ticks, local-or-shuffle, activate-first, kryo
it('keeps sessions, ticks, broadcasts and configuration as Storm does', async () => {
  const ledger = await runToItsEnd({
    main: 'acme.sessions.SessionTopology',
    messages: 3000,
    isDone: sessionsAreDone,
  });
  expect(sessionProblems(ledger, 3000)).toEqual([]);
});

// clause: bolt-threads, custom-grouping
it('completes trees that run round a loop and are acked by foreign threads', async () => {
  const ledger = await runToItsEnd({
    main: 'acme.crawl.CrawlTopology',
    messages: 200,
    isDone: crawlIsDone,
  });
  expect(crawlProblems(ledger, 200)).toEqual([]);
});

interface Run {
  readonly main: string;
  readonly messages: number;
  readonly isDone: (ledger: Ledger, messages: number) => boolean;
}

/** Submits, waits until all input is through, kills, and checks that nothing is left running. */
async function runToItsEnd({ main, messages, isDone }: Run): Promise<Ledger> {
  const path = join(gearstorm.directory, `${main}.tsv`);
  await writeFile(path, '');
  await gearstorm.submit(jars.acme, main, 'stranger', path, String(messages));
  await waitFor(`the end of ${main}`, 120_000, async () =>
    isDone(await readLedger(path), messages),
  );
  await gearstorm.killAndWait('stranger');
  const ledger = await readLedger(path);
  await waitFor('the workers to end', 20_000, () => allEnded(ledger));
  expect(await gearstorm.otherProcesses()).toEqual([]);
  expectCleanEnd(await readLedger(path));
  return ledger;
}

async function allEnded(ledger: Ledger): Promise<boolean> {
  const running = await Promise.all(workerPids(ledger).map(isRunning));
  return !running.includes(true);
}

/** Every spout task that was opened was deactivated, then closed. */
function expectCleanEnd(ledger: Ledger): void {
  const opened = ledger.rows.filter((row) => row.event === 'open');
  for (const { component, task } of opened) {
    const ends = ledger.rows.filter(
      (row) => row.component === component && row.task === task && /deact|close/.test(row.event),
    );
    expect(ends.map((row) => row.event)).toEqual(['deactivate', 'close']);
  }
}
