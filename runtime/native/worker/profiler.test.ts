import { expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { Profiler, stacksOf } from './profiler.ts';

const frame = (functionName: string, url = '', lineNumber = 0) => ({
  callFrame: { functionName, url, lineNumber, columnNumber: 0, scriptId: '1' },
});

it('tells stacks from the outermost caller on, without the time in which there was nothing to do', () => {
  const nodes = [
    { id: 1, hitCount: 0, children: [2, 4], ...frame('(root)') },
    { id: 2, hitCount: 1, children: [3], ...frame('turn', 'file:///a/scheduler.js', 9) },
    { id: 3, hitCount: 5, ...frame('', 'file:///b/words.ts', 0) },
    { id: 4, hitCount: 70, ...frame('(idle)') },
  ];
  expect(stacksOf({ nodes })).toEqual([
    { stack: ['turn scheduler.js:10'], seen: 1 },
    { stack: ['turn scheduler.js:10', 'a function without a name words.ts:1'], seen: 5 },
  ]);
});

it('sees what the thread does while it is watched, by one at a time', async () => {
  const profiler = new Profiler(systemClock);
  const watching = profiler.watch(100);
  await expect(profiler.watch(100)).rejects.toThrow('being looked at already');
  let goesOn = true;
  function spinForTheProfiler(): void {
    for (const endMs = Date.now() + 5; Date.now() < endMs; );
    if (goesOn) setImmediate(spinForTheProfiler);
  }
  spinForTheProfiler();
  const stacks = await watching;
  goesOn = false;
  expect(JSON.stringify(stacks)).toContain('spinForTheProfiler profiler.test.ts');
});
