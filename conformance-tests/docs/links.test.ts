import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../harness/index.ts';

async function pages(): Promise<readonly string[]> {
  const names = await readdir(join(projectRoot, 'docs'), { recursive: true });
  const inDocs = names.filter((name) => name.endsWith('.md')).map((name) => join('docs', name));
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...inDocs];
}

/** Without what is shown as code. */
function proseOf(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const headings = text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.*)$/gm);
  const anchors = [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return new Set(anchors);
}

async function problemOf(page: string, link: string): Promise<string | null> {
  if (/^(https?|mailto):/.test(link)) return null;
  const [path = '', anchor] = link.split('#');
  const target =
    path === '' ? page : relative(projectRoot, resolve(projectRoot, dirname(page), path));
  if (!existsSync(join(projectRoot, target))) return `${page}: there is no ${link}`;
  if (anchor === undefined || !target.endsWith('.md')) return null;
  const anchors = anchorsOf(await readFile(join(projectRoot, target), 'utf8'));
  return anchors.has(anchor) ? null : `${page}: ${target} has no #${anchor}`;
}

it('every link from one page to another leads somewhere', async () => {
  const problems: string[] = [];
  let links = 0;
  for (const page of await pages()) {
    const text = proseOf(await readFile(join(projectRoot, page), 'utf8'));
    for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      links += 1;
      const problem = await problemOf(page, link);
      if (problem !== null) problems.push(problem);
    }
  }
  expect(links).toBeGreaterThan(20);
  expect(problems).toEqual([]);
});
