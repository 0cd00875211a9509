import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { projectRoot } from '../harness/index.ts';

const program = '/usr/bin/chromium';
const pictures = join(projectRoot, 'build', 'screenshots');
const timeoutMs = 30_000;

/** One tab of a real browser, and everything it complained about. */
export class Tab {
  readonly page: Page;
  /** Scripts that threw, refused resources, and what the content policy forbade. */
  readonly complaints: string[] = [];
  readonly requested: string[] = [];
  readonly #browser: Browser;

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
    page.setDefaultTimeout(timeoutMs);
    page.on('pageerror', ({ message }) => this.complaints.push(message));
    page.on('request', (request) => this.requested.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
  }

  static async open(url: string, viewport = { width: 1400, height: 1000 }): Promise<Tab> {
    await mkdir(pictures, { recursive: true });
    const browser = await chromium.launch({ executablePath: program, args: ['--no-sandbox'] });
    const context: BrowserContext = await browser.newContext({ viewport });
    const tab = new Tab(browser, await context.newPage());
    await tab.page.goto(url);
    return tab;
  }

  /** Where the page has its own places. */
  async goTo(place: string): Promise<void> {
    const { origin } = new URL(this.page.url());
    await this.page.goto(`${origin}/#/${place}`);
  }

  /** Kept below build/, for whoever wants to see what was tested. */
  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  }

  /** What axe-core finds wrong for people who cannot see, point or tell colours; empty when it is well. */
  async barriers(): Promise<readonly string[]> {
    await this.page.evaluate(axe.source);
    return await this.page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as { axe: typeof axe }).axe.run();
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
      );
    });
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }
}
