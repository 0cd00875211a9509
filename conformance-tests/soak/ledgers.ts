import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Gearstorm, jars, waitFor } from '../harness/index.ts';
import { crawlIsDone, crawlProblems } from '../jars/crawl-rules.ts';
import { fraudIsDone, fraudProblems } from '../jars/fraud-rules.ts';
import { type Ledger, readLedger } from '../jars/ledger.ts';
import { sessionProblems, sessionsAreDone } from '../jars/session-rules.ts';
import { withGearstorm } from './instances.ts';
import type { Outcome, SoakOptions } from './suite.ts';

const doneMs = 20 * 60_000;
const quotedMax = 20;

interface FullLedger {
  readonly main: string;
  readonly messages: number;
  readonly isDone: (ledger: Ledger, messages: number) => boolean;
  readonly problems: (ledger: Ledger, messages: number) => readonly string[];
}

const ledgersOfFullSize: readonly FullLedger[] = [
  {
    main: 'acme.fraud.FraudTopology',
    messages: 30_000,
    isDone: fraudIsDone,
    problems: fraudProblems,
  },
  {
    main: 'acme.sessions.SessionTopology',
    messages: 60_000,
    isDone: sessionsAreDone,
    problems: sessionProblems,
  },
  {
    main: 'acme.crawl.CrawlTopology',
    messages: 5_000,
    isDone: crawlIsDone,
    problems: crawlProblems,
  },
];

/** The ledgers of npm test with ten times as many messages and more, undisturbed. */
export async function ledgers({ say }: SoakOptions): Promise<Outcome> {
  const violations: string[] = [];
  const facts: Record<string, number> = {};
  await withGearstorm({}, async (gearstorm) => {
    for (const full of ledgersOfFullSize) {
      const problems = await run(gearstorm, full);
      violations.push(...problems.slice(0, quotedMax).map((each) => `${full.main}: ${each}`));
      facts[full.main] = full.messages;
      say(`ledgers, ${full.main}: messages=${full.messages} broken=${problems.length}`);
    }
  });
  return { violations, facts: { messages: facts } };
}

async function run(gearstorm: Gearstorm, full: FullLedger): Promise<readonly string[]> {
  const { main, messages, isDone, problems } = full;
  const path = join(gearstorm.directory, `${main}.tsv`);
  await writeFile(path, '');
  await gearstorm.submit(jars.acme, main, 'full', path, String(messages));
  await waitFor(`the end of ${main}`, doneMs, async () => isDone(await readLedger(path), messages));
  await gearstorm.killAndWait('full');
  return problems(await readLedger(path), messages);
}
