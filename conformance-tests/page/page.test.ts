// Goal: what people do with the page works in a real browser, and nothing that came from outside is run by it.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, projectRoot } from '../harness/index.ts';
import { Tab } from './browser.ts';
import { hostile, hostileName, hostileProgram } from './hostile-program.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const polling = { timeout: 60_000, interval: 200 };

let gearstorm: Gearstorm;
let folder: string;
let tab: Tab;

beforeAll(async () => {
  folder = await mkdtemp(join(projectRoot, 'build', 'page-test-'));
  gearstorm = await Gearstorm.start();
  tab = await Tab.open(gearstorm.uiUrl);
});

afterAll(async () => {
  await tab.close();
  await gearstorm.stop();
  await rm(folder, { recursive: true });
});

async function throughput(): Promise<number> {
  const value = await tab.page.getByTestId('throughput').getAttribute('data-value');
  return Number(value);
}

/** Of the topology that is looked at, whatever its tab. */
function topologyPlace(): string {
  const [, place = ''] = tab.page.url().split('#/');
  return place.split(/[/?]/).slice(0, 2).join('/');
}

function button(name: string) {
  return tab.page.getByRole('button', { name, exact: true });
}

/** As a user does, who opens the dialog each time. */
async function choose(file: string): Promise<void> {
  const opened = tab.page.waitForEvent('filechooser');
  await tab.page.getByLabel('Jar or program').click();
  await (await opened).setFiles(file);
}

it('begins with what to do where nothing runs', async () => {
  await tab.page.getByText('No topologies running').waitFor();
  await tab.picture('empty');
  await tab.page.getByRole('link', { name: /Submit a jar/ }).click();
  await tab.page.getByRole('heading', { name: 'Submit a topology' }).waitFor();
});

it('lists the classes of a jar that have a main, and a look at what one submits starts nothing', async () => {
  await tab.goTo('submit');
  await tab.page.getByLabel('Jar or program').setInputFiles(jars.starter);
  const main = tab.page.getByLabel('Main class');
  await main.waitFor();
  const offered = await tab.page
    .locator('#mains option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('value')));
  expect(offered).toContain('storm.starter.ExclamationTopology');
  expect(offered).not.toContain('storm.starter.bolt.RollingCountBolt');
  await main.fill('storm.starter.ExclamationTopology');
  await tab.page.getByLabel(/Arguments/).fill('looked-at');
  await button('Look at it first').click();
  await tab.page.getByRole('region', { name: 'Preview of looked-at' }).waitFor();
  await tab.page.getByText('nothing runs before you start it').waitFor();
  await button('Start looked-at').waitFor();
  await tab.picture('preview');
  expect(await tab.barriers()).toEqual([]);
  expect(await gearstorm.list()).toEqual([]);
});

it('submits a TypeScript program after a look at it, also one mended and chosen again, and its numbers rise', async () => {
  const file = join(folder, 'hostile.ts');
  await writeFile(file, 'this is none');
  await tab.goTo('submit');
  // The browser complains of a file that changes before it has done with sending it.
  const isSent = tab.page.waitForEvent('requestfinished', (request) => request.method() === 'POST');
  await choose(file);
  const first = tab.page.getByText('hostile.ts, 12 B');
  await first.waitFor();
  await isSent;
  await writeFile(file, hostileProgram);
  await choose(file);
  await first.waitFor({ state: 'detached' });
  await tab.page.getByLabel(/Configuration/).fill('topology.workers=2');
  await button('Look at it first').click();
  await button(`Start ${hostileName}`).click();
  await tab.page.getByRole('heading', { name: hostileName, exact: true }).waitFor();
  await expect.poll(throughput, polling).toBeGreaterThan(0);
  await expect
    .poll(
      () => tab.page.locator('[data-component="sink"] [data-rate]').getAttribute('data-rate'),
      polling,
    )
    .not.toBe('0');
});

it('shows a hostile name, ids, values, errors, log lines and configuration as text', async () => {
  const topology = topologyPlace();
  await tab.page.locator('[data-component^="<img"]').press('Enter');
  const panel = tab.page.getByRole('complementary', { name: `Component ${hostile}` });
  await panel.getByRole('region', { name: 'Output by stream' }).getByText('<img').waitFor();
  await tab.picture('component');
  await tab.goTo(`${topology}/tuples`);
  await tab.page.getByRole('combobox').selectOption(hostile);
  await tab.page.locator('.tuples').getByText('window.wasRun').first().waitFor();
  await tab.goTo(`${topology}/errors`);
  await tab.page
    .getByRole('heading', { name: /failed at <img/ })
    .first()
    .waitFor();
  await tab.picture('errors');
  await tab.page.getByRole('link', { name: 'Find it in the log' }).first().click();
  await tab.page.locator('.mark').getByText('<img').waitFor();
  await tab.picture('log');
  await tab.goTo(`${topology}/configuration`);
  await tab.page.getByText('hostile.key').waitFor();
  await tab.page.getByText('some.password').waitFor();
  expect(await tab.page.content()).not.toContain('opensesame');
  await tab.picture('configuration');
  await tab.goTo(`${topology}/workers`);
  await tab.page.getByRole('region', { name: 'Workers', exact: true }).waitFor();
  expect(await tab.page.evaluate(() => 'wasRun' in globalThis)).toBe(false);
});

it('runs nothing of a hostile name or log line in the pages of the log viewer either', async () => {
  const viewer = await Tab.open(`http://127.0.0.1:${gearstorm.logviewerPort}/`);
  const wasRun = () => viewer.page.evaluate(() => 'wasRun' in globalThis);
  try {
    await viewer.page.getByText(hostileName).first().waitFor();
    expect([await viewer.page.locator('img').count(), await wasRun()]).toEqual([0, false]);
    await viewer.page
      .getByRole('link', { name: /onerror=wasRun=1>.*\/worker\.log$/ })
      .first()
      .click();
    await viewer.page.locator('#logContent').getByText('printed <img').waitFor();
    expect([await viewer.page.locator('img').count(), await wasRun()]).toEqual([0, false]);
  } finally {
    await viewer.close();
  }
});

it("counts in Storm's windows, in all, by component, by stream and by executor", async () => {
  const topology = topologyPlace();
  await tab.goTo(`${topology}/counts`);
  await button('10 min').click();
  const components = tab.page.getByRole('region', { name: 'Counts of components' });
  await components.getByRole('row', { name: /^sink [–0-9]/ }).waitFor();
  await tab.picture('counts');
  await components.getByRole('link', { name: 'numbers' }).click();
  const panel = tab.page.getByRole('complementary', { name: 'Component numbers' });
  expect(await panel.getByRole('button', { pressed: true }).textContent()).toBe('10 min');
  const output = panel.getByRole('region', { name: 'Output by stream' });
  await output.getByRole('row', { name: /^default [1-9]/ }).waitFor();
  await panel.getByRole('button', { name: 'All time' }).press('Enter');
  await panel.getByRole('heading', { name: 'Output, All time' }).waitFor();
  await panel.getByRole('region', { name: 'Counts by executor' }).getByRole('row').nth(1).waitFor();
  await tab.goTo(topology);
});

it('shows the cluster: its supervisor, its slots and what serve runs with', async () => {
  const topology = topologyPlace();
  await tab.page.getByRole('link', { name: 'Cluster' }).click();
  const supervisors = tab.page.getByRole('region', { name: 'All supervisors' });
  await supervisors.getByRole('row').nth(1).waitFor();
  const slots = tab.page.locator('.slot.running');
  expect(await slots.locator('b').allTextContents()).toHaveLength(2);
  await tab.page.getByLabel('Keys that contain').fill('nimbus.thrift.port');
  await tab.page.getByRole('rowheader', { name: 'nimbus.thrift.port' }).waitFor();
  await tab.picture('cluster');
  await tab.goTo(topology);
});

it('says in sentences what goes wrong, and changes log levels', async () => {
  const topology = topologyPlace();
  await tab.goTo(topology);
  const findings = tab.page.getByRole('region', { name: 'What stands in the way' });
  await findings.getByText('tuples of spouts fail').waitFor();
  await findings.getByText('failed at <img').waitFor();
  await tab.picture('findings');
  await tab.goTo(`${topology}/logs`);
  await tab.page.getByText('Log levels').click();
  await tab.page.getByLabel('Logger').fill('acme.Words');
  await button('Change').click();
  await tab.page.getByRole('row', { name: /acme\.Words DEBUG/ }).waitFor();
  await button('Take back').click();
  await tab.page.getByText('Log levels', { exact: true }).waitFor();
});

it('shows where live workers spend their time, and they go on', async () => {
  const topology = topologyPlace();
  await tab.goTo(`${topology}/workers`);
  await button('Flame graph').first().click();
  await tab.page.locator('.flame-box').nth(1).waitFor();
  await tab.picture('flame-typescript');
  await button('Threads').first().click();
  await tab.page.getByText('The thread that runs all executors').waitFor();
  const workers = await gearstorm.shownWorkers(hostileName);
  expect(workers.map(({ state, restarts }) => [state, restarts])).toEqual([
    ['running', 0],
    ['running', 0],
  ]);
  await tab.goTo(topology);
});

it('shows what the threads of a Java worker do and where they spend their time, and they go on', async () => {
  const topology = topologyPlace();
  const words = [join(folder, 'rates'), '1', '1', '2', 'acked', '1', '100'];
  await gearstorm.submit(jars.acme, 'acme.bench.Sol', 'busy', ...words);
  await expect
    .poll(async () => (await gearstorm.shownWorkers('busy')).map(({ state }) => state), polling)
    .toEqual(['running']);
  await tab.goTo('topology/busy/workers');
  await button('Threads').click();
  await tab.page.locator('pre.log').getByText('Full thread dump').waitFor();
  await button('Flame graph').click();
  await tab.page.locator('.flame-box', { hasText: 'BusySpout.nextTuple' }).first().waitFor();
  await tab.picture('flame-java');
  const workers = await gearstorm.shownWorkers('busy');
  expect(workers.map(({ state, restarts }) => [state, restarts])).toEqual([['running', 0]]);
  await gearstorm.killAndWait('busy');
  await tab.goTo(topology);
});

it('has no barrier that axe-core knows, light or dark', async () => {
  const topology = topologyPlace();
  for (const colorScheme of ['light', 'dark'] as const) {
    await tab.page.emulateMedia({ colorScheme });
    for (const view of [
      '',
      'cluster',
      topology,
      `${topology}/graph?component=numbers`,
      `${topology}/counts`,
      `${topology}/errors`,
      `${topology}/logs`,
      `${topology}/configuration`,
    ]) {
      await tab.goTo(view);
      await tab.page.locator('main .card').first().waitFor();
      expect(await tab.barriers(), `${view} ${colorScheme}`).toEqual([]);
    }
  }
  await tab.goTo(topology);
  await tab.page.locator('.u-wrap').first().waitFor();
  await tab.picture('topology-dark');
  await tab.goTo('');
  await tab.page.getByText('tuples fail').first().waitFor();
  await tab.picture('topologies-dark');
  await tab.page.emulateMedia({ colorScheme: 'light' });
});

it('rebalances after a look at what would move, deactivates, and kills', async () => {
  await tab.goTo('');
  await tab.page.getByRole('rowheader', { name: hostileName }).getByRole('link').first().click();
  await button('Rebalance').click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByLabel('Workers').fill('1');
  await dialog.getByLabel('Wait in seconds').fill('0');
  await dialog.getByText('2 workers now, 1 afterwards').waitFor();
  await tab.picture('rebalance');
  await dialog.getByRole('button', { name: 'Rebalance' }).click();
  await expect
    .poll(
      async () => (await gearstorm.shownWorkers(hostileName)).map(({ state }) => state),
      polling,
    )
    .toEqual(['running']);
  await button('Deactivate').click();
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Deactivate' }).click();
  await tab.page.getByText('INACTIVE').waitFor();
  await button('Kill').click();
  await tab.page.getByRole('dialog').getByLabel('Wait in seconds').fill('0');
  await tab.page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
  await tab.page.getByText('No topologies running').waitFor();
  expect(await gearstorm.list()).toEqual([]);
});

it('asked nobody but its own server for anything, and had nothing to complain about', async () => {
  expect(tab.requested.filter((url) => !url.startsWith(gearstorm.uiUrl))).toEqual([]);
  expect(tab.complaints).toEqual([]);
});

it('is less than 200 KB to load, compressed', async () => {
  const page = join(projectRoot, 'build', 'page');
  const names = await readdir(page, { recursive: true });
  const files = names.filter((name) => /\.(html|js|css|svg)$/.test(name));
  const contents = await Promise.all(files.map((name) => readFile(join(page, name))));
  const bytes = contents.reduce((sum, content) => sum + gzipSync(content).length, 0);
  expect(files.length).toBeGreaterThan(2);
  expect(bytes).toBeLessThan(200_000);
});
