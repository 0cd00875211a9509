import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
});

afterEach(() => {
  manager.close('the test is over');
  control.remove();
});

const inspect = async () => [
  {
    ...{ id: 'words', className: 'Words', problem: null },
    ...{ drpcFunctions: ['reach'], shellCommand: null, transactionalIds: [] },
  },
];

it('an observer hears of every state, with the functions that the inspection found', async () => {
  manager = await control.open({ inspect });
  const id = await manager.submit(control.request('word'));
  await manager.deactivate('word');
  await manager.kill('word', 0);
  await control.clock.advance(1);
  await vi.waitFor(() => expect(control.observer.heard).toContain(`${id} removed`), {
    timeout: 20_000,
  });
  expect(control.observer.heard).toEqual([
    'word ACTIVE reach',
    'word INACTIVE reach',
    'word KILLED reach',
    `${id} removed`,
  ]);
});

it('an observer hears after a restart what was accepted before it', async () => {
  manager = await control.open({ inspect });
  await manager.submit(control.request('word'));
  manager.close('restart');
  manager = await control.open({ inspect });
  expect(control.observer.heard).toEqual(['word ACTIVE reach']);
});

it('an observer hears that a worker ended, and why', async () => {
  const id = await manager.submit(control.request('word'));
  control.engine.listeners.get(id)?.onWorkerEnded(6700, 'killed by SIGKILL', 0);
  expect(control.observer.heard).toContain(
    `${id}: the worker of word on port 6700 ended: killed by SIGKILL`,
  );
});
