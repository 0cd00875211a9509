import { afterEach, beforeEach, expect, it } from 'vitest';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
});
afterEach(() => control.remove());

it.each([-3600, 3600])(
  'a kill waits as long as it was told though the clock is set by %d s',
  async (secs) => {
    const id = await manager.submit(control.request('word'));
    await manager.kill('word', 20);
    await control.clock.advance(10);
    control.clock.set(1000 * secs);
    await control.clock.advance(9);
    expect(control.engine.told).not.toContain(`stop ${id}`);
    await control.clock.advance(1);
    expect(control.engine.told).toContain(`stop ${id}`);
  },
);
