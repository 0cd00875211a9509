// Goal: who works with the keyboard alone, with many tabs, or while serve comes and goes is not left alone by the page.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, projectRoot } from '../harness/index.ts';
import { Tab } from './browser.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const polling = { timeout: 60_000, interval: 200 };
/** More than the connections that a browser has to one server. */
const tabs = 8;

let gearstorm: Gearstorm;
let tab: Tab;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
  const program = join(projectRoot, 'conformance-tests', 'pictures', 'payments.ts');
  await gearstorm.command('submit', program);
  tab = await Tab.open(gearstorm.uiUrl);
});

afterAll(async () => {
  await tab.close();
  await gearstorm.stop();
});

function button(name: string) {
  return tab.page.getByRole('button', { name, exact: true });
}

/** Its text. */
async function focused(): Promise<string> {
  return (await tab.page.locator(':focus').textContent()) ?? '';
}

/** What a browser does with a tab that is not in front; without a window none is. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, value: ${isHidden} });
    document.dispatchEvent(new Event('visibilitychange'));
  `);
}

it('skips to the content of the page where one is', async () => {
  await tab.page.getByRole('link', { name: 'payments', exact: true }).first().click();
  await button('Kill').waitFor();
  const place = tab.page.url();
  await tab.page.reload();
  await button('Kill').waitFor();
  await tab.page.keyboard.press('Tab');
  await tab.page.keyboard.press('Enter');
  await tab.page.locator('#content:focus').waitFor();
  expect(tab.page.url()).toBe(place);
});

it('gives the focus back to the button that opened a dialog, however it is left', async () => {
  const dialog = tab.page.getByRole('dialog');
  for (const leave of ['Escape', 'Cancel']) {
    await button('Rebalance').press('Enter');
    await dialog.waitFor();
    expect(await tab.barriers(), leave).toEqual([]);
    if (leave === 'Escape') await tab.page.keyboard.press('Escape');
    else await button('Cancel').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    expect(await focused(), leave).toBe('Rebalance');
  }
});

it('keeps the focus where a log level was that is taken back', async () => {
  const place = tab.page.url();
  await tab.page.getByRole('link', { name: 'Logs', exact: true }).click();
  await tab.page.getByText('Log levels').click();
  await button('Change').click();
  await button('Take back').press('Enter');
  await button('Take back').waitFor({ state: 'detached' });
  expect(await focused()).toBe('Log levels');
  await tab.page.goto(place);
});

it('leaves the graph as large as the user made it, and the focus at the component that was looked at', async () => {
  const width = () => tab.page.locator('.graph svg').getAttribute('width');
  await button('Larger').click();
  const chosen = await width();
  await tab.page.locator('[data-component="bank"]').press('Enter');
  const panel = tab.page.getByRole('complementary', { name: 'Component bank' });
  await panel.getByRole('region', { name: 'Counts by executor' }).waitFor();
  expect(await width()).toBe(chosen);
  await panel.getByRole('link', { name: 'Close' }).press('Enter');
  await panel.waitFor({ state: 'detached' });
  expect(await focused()).toContain('bank');
});

it('says in the dialog of a rebalance what cannot be, and asks the server for nothing of it', async () => {
  await button('Rebalance').click();
  const dialog = tab.page.getByRole('dialog');
  await dialog.getByText('Every task stays').waitFor();
  const asked = tab.requested.length;
  for (const [field, wrong] of [
    ['Workers', '0'],
    ['bank', '99'],
    ['Wait in seconds', '1.5'],
  ] as const) {
    await dialog.getByLabel(field).fill(wrong);
    await dialog.getByRole('alert').getByText(`${field}: `).waitFor();
    await dialog.getByRole('button', { name: 'Rebalance' }).click();
    await dialog.getByLabel(field).fill('');
  }
  await dialog.getByText('Every task stays').waitFor();
  expect(tab.complaints).toEqual([]);
  const sent = tab.requested.slice(asked).filter((url) => !url.endsWith('/rebalance/preview'));
  expect(sent.filter((url) => url.includes('rebalance'))).toEqual([]);
  await tab.page.keyboard.press('Escape');
});

it('says what an address names that is not there', async () => {
  await tab.goTo('topology/payments/graph?component=bnak');
  await tab.page.getByText('payments has no component bnak.').waitFor();
  await tab.goTo('topology/payments/tuples?component=ledger');
  await tab.page.getByText('ledger emits nothing').waitFor();
  await tab.goTo('topology/payment');
  await tab.page.getByText('This topology is not alive').waitFor();
  expect(await tab.barriers()).toEqual([]);
  await tab.goTo('nowhere');
  await tab.page.getByText('Nothing has this address').waitFor();
  expect(await tab.barriers()).toEqual([]);
});

it('says what is typed wrongly in the form of a submission before it is sent', async () => {
  await tab.goTo('submit');
  await tab.page.getByLabel('Jar or program').setInputFiles(jars.acme);
  const complaint = (label: RegExp) =>
    tab.page
      .getByLabel(label)
      .evaluate((field) => (field as unknown as { validationMessage: string }).validationMessage);
  await tab.page.getByLabel('Main class').fill('acme.tools.OtherJar');
  await tab.page.getByLabel(/Configuration/).fill('{"topology.workers": 2}');
  await tab.page.getByLabel(/Arguments/).fill('"one');
  await button('Submit at once').click();
  expect(await complaint(/Configuration/)).toBe('Not key=value: {"topology.workers": 2}');
  expect(await complaint(/Arguments/)).toBe('A quote is opened and not closed.');
  expect(await tab.page.getByRole('region', { name: 'Run' }).count()).toBe(0);
});

it('opens also where many tabs of it are open in the background', async () => {
  const open = async () => {
    const page = await tab.page.context().newPage();
    await page.goto(`${gearstorm.uiUrl}/#/topology/payments`);
    await page.getByTestId('throughput').waitFor();
    return page;
  };
  const pages: Page[] = [];
  for (let count = 0; count < tabs; count++) {
    const page = await open();
    await setHidden(page, true);
    pages.push(page);
  }
  const front = await open();
  const age = () => front.locator('.tile').last().textContent();
  const before = await age();
  await expect.poll(age, polling).not.toBe(before);
  // Back in front it goes on.
  await setHidden(front, true);
  const atRest = await age();
  await setHidden(front, false);
  await expect.poll(age, polling).not.toBe(atRest);
  for (const page of [...pages, front]) await page.close();
});

it('goes on by itself with logs and tuples when serve is back', async () => {
  const { port } = new URL(gearstorm.uiUrl);
  const tuples = await tab.page.context().newPage();
  await tuples.goto(`${gearstorm.uiUrl}/#/topology/payments/tuples`);
  await tab.goTo('topology/payments/logs');
  const newest = () => tab.page.locator('pre.log > div').last().textContent();
  const newestTuple = () => tuples.locator('pre.tuples > div').first().textContent();
  await Promise.all([newest(), newestTuple()]);
  await gearstorm.crash();
  const note = tab.page.getByText(/What you see is from before/);
  await note.waitFor();
  const [line, tuple] = await Promise.all([newest(), newestTuple()]);
  await gearstorm.serve({ 'ui.port': Number(port) });
  await note.waitFor({ state: 'detached' });
  await expect.poll(newest, polling).not.toBe(line);
  await expect.poll(newestTuple, polling).not.toBe(tuple);
});
