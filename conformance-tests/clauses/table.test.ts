import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../harness/index.ts';
import { differences } from '../probes/index.ts';
import { casesIn, findCases } from './cases.ts';
import { clauseGroups } from './clauses.ts';
import { conformancePage } from './table.ts';

it('the committed table is what clauses and tags make of it (npm run conformance writes it)', async () => {
  const page = conformancePage(clauseGroups, await findCases(projectRoot), differences);
  await expect(page).toMatchFileSnapshot(join(projectRoot, 'docs/conformance.md'));
});

it('a tag belongs to the test, the method or the class that follows it', () => {
  const typescript = "// clause: a, b\nit.each([['x']])('reads %s', () => {});\n";
  expect(casesIn('x.test.ts', typescript)).toEqual([
    { file: 'x.test.ts', name: 'reads %s', clauses: ['a', 'b'] },
  ]);
  const java = '  // clause: c\n  @Test\n  void ringsTwice() {';
  expect(casesIn('X.java', java)).toMatchObject([{ name: 'ringsTwice', clauses: ['c'] }]);
  expect(() => casesIn('x.test.ts', '// clause: a\n')).toThrow('x.test.ts: no case follows');
});

it('a tag that names no clause is refused', () => {
  const stray = { file: 'x.test.ts', name: 'does it', clauses: ['nothing-like-it'] };
  expect(() => conformancePage(clauseGroups, [stray], [])).toThrow(
    'x.test.ts: does it names no clause: nothing-like-it',
  );
});
