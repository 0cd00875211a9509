import { expect, it } from 'vitest';
import { sampledStacks } from './sampled-stacks.ts';

const frame = (type: string, name: string) => ({ method: { name, type: { name: type } } });

it('turns samples of the flight recorder round: the thread first, the innermost method last', () => {
  const frames = [frame('com/example/Count', 'execute'), frame('java.lang.Thread', 'run')];
  const values = { sampledThread: { javaName: 'Thread-7-count' }, stackTrace: { frames } };
  const empty = { sampledThread: null, stackTrace: null };
  expect(sampledStacks({ recording: { events: [{ values }, { values: empty }] } })).toEqual([
    ['Thread-7-count', 'Thread.run', 'Count.execute'],
  ]);
});
