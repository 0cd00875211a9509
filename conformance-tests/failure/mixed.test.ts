// Goal: a topology with components in Java and in TypeScript keeps the promises of either alone.
// Method: as in failure.test.ts.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, waitFor } from '../harness/index.ts';
import { Delivery } from './delivery.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 120_000 });

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterAll(() => gearstorm.stop());

it.each([
  ['Java', 'letters'],
  ['TypeScript', 'archive'],
])('loses nothing when a worker of %s is killed under load', async (language, component) => {
  const delivery = await Delivery.start(gearstorm, {
    name: `mixed-${language}`,
    words: ['timeout=2', 'rate=300', 'workers=2'],
    kind: 'mixed',
  });
  for (let kills = 0; kills < 2; kills++) {
    const opened = delivery.judge.openings.findLast((each) => each.component === component);
    const pid = opened?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await delivery.untilReplaced(pid);
    await delivery.progress();
  }
  await delivery.finish();
  expect(delivery.judge.problems).toEqual([]);
  await gearstorm.killAndWait(delivery.name);
  await waitFor('the end of all workers', 60_000, async () => {
    return (await gearstorm.otherProcesses()).length === 0;
  });
});
