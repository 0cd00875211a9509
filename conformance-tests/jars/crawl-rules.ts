import { fact, type Ledger, type LedgerRow } from './ledger.ts';
import { earlyAckProblems, notOnceProblems, numberedIds, spoutProblems } from './spout-rules.ts';

const levels = 4;

/** What acme.crawl.CrawlTopology did other than on Storm; empty when all is right. */
export function crawlProblems(ledger: Ledger, seeds: number): readonly string[] {
  const ids = numberedIds(seeds, (index) => `s${index}`);
  const failsOnce = (seed: string) => seed.endsWith('3');
  const stored = ledger.of('store', 'saw').map((row) => row.facts.join(' '));
  return [
    ...spoutProblems(ledger, { component: 'seeds', ids, failsOnce }),
    ...notOnceProblems('page', expectedPages(ids, failsOnce), stored),
    ...earlyAckProblems(ledger, 'seeds', lastPages(ledger)),
    ...fetchProblems(ledger),
  ];
}

/** True once all seeds were acked and what failed crawls left behind has drained. */
export function crawlIsDone(ledger: Ledger, seeds: number): boolean {
  const ids = numberedIds(seeds, (index) => `s${index}`);
  const pages = expectedPages(ids, (seed) => seed.endsWith('3')).length;
  return ledger.count('seeds', 'ack') >= seeds && ledger.count('store', 'saw') >= pages;
}

/** `seed attempt page` of everything that reaches the store: a failed crawl lacks one page. */
function expectedPages(
  seeds: readonly string[],
  failsOnce: (seed: string) => boolean,
): readonly string[] {
  return seeds.flatMap((seed) => {
    const pages = pagesBelow(seed);
    const first = pages.filter((page) => !failsOnce(seed) || page !== `${seed}/1`);
    const second = failsOnce(seed) ? pages : [];
    return [
      ...first.map((page) => `${seed} 1 ${page}`),
      ...second.map((page) => `${seed} 2 ${page}`),
    ];
  });
}

function pagesBelow(page: string): readonly string[] {
  if (page.endsWith('/2/2')) return [];
  const isLeaf = page.split('/').length === levels;
  const children = isLeaf ? [] : [0, 1, 2].map((child) => `${page}/${child}`);
  return [page, ...children.flatMap(pagesBelow)];
}

/** The last page of the last crawl of each seed. */
function lastPages(ledger: Ledger): ReadonlyMap<string, LedgerRow> {
  const attempts = new Map(ledger.of('seeds', 'emit').map((row) => [fact(row, 0), fact(row, 1)]));
  const rows = ledger
    .of('store', 'saw')
    .filter((row) => attempts.get(fact(row, 0)) === fact(row, 1));
  return new Map(rows.map((row) => [fact(row, 0), row]));
}

/** The grouping sends a page to the same fetcher each time, whoever names it. */
function fetchProblems(ledger: Ledger): readonly string[] {
  const homes = new Map<string, number>();
  return ledger.of('fetch', 'saw').flatMap((row) => {
    const page = fact(row, 1);
    const home = homes.get(page) ?? row.task;
    homes.set(page, home);
    return home === row.task ? [] : [`${page} was fetched by tasks ${home} and ${row.task}`];
  });
}
