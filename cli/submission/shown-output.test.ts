import { expect, it } from 'vitest';
import { ShownOutput } from './shown-output.ts';

it('shows the name that the user gave a file wherever ours is printed, by lines', () => {
  const taken: string[] = [];
  const file = { path: '/state/uploads/7f.ts', name: 'my words.ts' };
  const output = new ShownOutput(file, '/state/runs/run-1', (text) => taken.push(text));
  output.add('begins\n../../upl');
  output.add('oads/7f.ts:3:4: no such field\n    at file:///state/uploads/7f.ts:3');
  output.add(':4\nError in /state/uploads/7f.ts');
  output.end();
  expect(taken).toEqual([
    'begins\n',
    'my words.ts:3:4: no such field\n',
    '    at my words.ts:3:4\n',
    'Error in my words.ts',
  ]);
});
