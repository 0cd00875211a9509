// npm run pictures: what docs/dashboard.md shows of the page, as it is today.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Gearstorm, jars, projectRoot, waitFor } from '../harness/index.ts';
import { Tab } from '../page/browser.ts';

const pictures = join(projectRoot, 'docs', 'pictures');
const programs = join(projectRoot, 'conformance-tests', 'pictures');
const viewport = { width: 1300, height: 640 };
/** Down to the end of the graph. */
const upperPart = { x: 0, y: 0, width: 1300, height: 820 };
/** Until lines over time and latencies of the last minute tell something. */
const settledSecs = 100;
const settleTimeoutMs = 240_000;

async function main(): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const gearstorm = await Gearstorm.start();
  try {
    for (const program of ['orders.ts', 'payments.ts']) {
      await gearstorm.command('submit', join(programs, program));
    }
    await gearstorm.submit(jars.starter, 'storm.starter.RollingTopWords', 'top-words', 'remote');
    const tab = await Tab.open(gearstorm.uiUrl, viewport);
    try {
      await settle(gearstorm);
      await takeAll(tab);
    } finally {
      await tab.close();
    }
  } finally {
    await gearstorm.stop();
  }
}

async function settle(gearstorm: Gearstorm): Promise<void> {
  process.stdout.write('Waiting for numbers of more than a minute\n');
  await waitFor('topologies that ran for a while', settleTimeoutMs, async () => {
    const answer = await fetch(`${gearstorm.uiUrl}/api/gearstorm/live`);
    const { topologies } = (await answer.json()) as {
      readonly topologies: readonly { readonly uptimeSecs: number }[];
    };
    return topologies.length === 3 && topologies.every((each) => each.uptimeSecs > settledSecs);
  });
}

async function takeAll(tab: Tab): Promise<void> {
  const { page } = tab;
  await page.getByText('bottleneck: customers').waitFor();
  await page.getByText('tuples fail').first().waitFor();
  await page.screenshot({ path: fileOf('topologies'), fullPage: true });

  await page.getByRole('link', { name: 'orders', exact: true }).first().click();
  await page.getByText('customers is slower than what comes in').waitFor();
  await page.screenshot({ path: fileOf('topology'), fullPage: true });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: fileOf('dark'), fullPage: true, clip: upperPart });
  await page.emulateMedia({ colorScheme: 'light' });

  await page.locator('[data-component="customers"]').press('Enter');
  const panel = page.getByRole('complementary', { name: 'Component customers' });
  await panel.getByRole('region', { name: 'Counts by executor' }).waitFor();
  await panel.screenshot({ path: fileOf('component') });

  await tab.goTo('');
  await page.getByRole('link', { name: 'payments', exact: true }).first().click();
  await page.getByText('tuples of spouts fail').waitFor();
  await page.getByRole('link', { name: /^Errors/ }).click();
  await page.getByRole('link', { name: 'Find it in the log' }).first().waitFor();
  await page.screenshot({ path: fileOf('errors') });

  await tab.goTo('submit');
  await page.getByLabel('Jar or program').setInputFiles(jars.starter);
  await page.getByLabel('Main class').fill('storm.starter.RollingTopWords');
  await page.getByLabel(/Arguments/).fill('trending-words remote');
  await page.getByRole('button', { name: 'Look at it first' }).click();
  await page.getByRole('button', { name: 'Start trending-words' }).waitFor();
  await page.screenshot({ path: fileOf('submit'), fullPage: true });
}

function fileOf(name: string): string {
  return join(pictures, `${name}.png`);
}

await main();
