import { expect, it } from 'vitest';
import { flameOf } from './flame.ts';

it('counts calls by their callers, the widest first, and leaves out what nobody could see', () => {
  const often = Array.from({ length: 600 }, () => ['main', 'run', 'work']);
  const seldom = Array.from({ length: 300 }, () => ['main', 'run', 'wait']);
  const { samples, calls } = flameOf([...seldom, ...often, ['main', 'once']]);
  expect(samples).toBe(901);
  expect(calls).toEqual([
    {
      name: 'main',
      samples: 901,
      calls: [
        {
          name: 'run',
          samples: 900,
          calls: [
            { name: 'work', samples: 600, calls: [] },
            { name: 'wait', samples: 300, calls: [] },
          ],
        },
      ],
    },
  ]);
  expect(flameOf([])).toEqual({ name: 'all', samples: 0, calls: [] });
});
