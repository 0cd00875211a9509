import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AlreadyAliveError } from '../../storm-api/index.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
  const damaged = await manager.submit(control.request('damaged'));
  await manager.submit(control.request('whole'));
  manager.close('restart');
  rmSync(join(control.localDir, 'topologies', damaged, 'plan.json'));
  manager = await control.open();
});

afterEach(() => {
  manager.close('the test is over');
  control.remove();
});

it('lists a topology whose files are damaged and says why it does not run', () => {
  const { topologies, damaged } = manager.cluster();
  expect(topologies.map(({ name }) => name)).toEqual(['whole']);
  expect(damaged.map(({ name, status, workers }) => [name, status, workers])).toEqual([
    ['damaged', 'ACTIVE', 0],
  ]);
  expect(damaged[0]?.problem).toMatch(
    /files in storm.local.dir are damaged \(.+\): if they are put back, .+; 'gearstorm kill damaged' removes it/,
  );
});

it('does not run a topology without the jar that it came with, and goes on when it is put back', async () => {
  manager.close('restart');
  const [id = ''] = control.filesIn('topologies').filter((name) => name.startsWith('whole'));
  const jar = join(control.localDir, 'topologies', id, 'topology.jar');
  const resources = join(control.localDir, 'topologies', id, 'resources');
  rmSync(resources, { recursive: true }); // the jar has them
  renameSync(jar, `${jar}.away`);
  manager = await control.open();
  const whole = manager.cluster().damaged.find(({ name }) => name === 'whole');
  expect(whole?.problem).toMatch(/damaged \(ENOENT: .*topology\.jar'\): if they are put back/);
  manager.close('restart');
  renameSync(`${jar}.away`, jar);
  manager = await control.open();
  expect(manager.cluster().topologies.map(({ name }) => name)).toEqual(['whole']);
  expect(readdirSync(resources)).toEqual(['a.py']);
});

it.each(['counts', 'errors'])(
  'runs a topology whose %s cannot be read: they begin anew',
  async (kept) => {
    manager.close('restart');
    const [id = ''] = control.filesIn('topologies').filter((name) => name.startsWith('whole'));
    const file = join(control.localDir, 'topologies', id, `${kept}.json`);
    rmSync(file, { force: true });
    mkdirSync(file); // what reads it is told so by the system, whoever runs this
    manager = await control.open();
    expect(manager.cluster().topologies.map(({ name }) => name)).toEqual(['whole']);
  },
);

it('says of files that are whole that they could not be used, and why', async () => {
  manager.close('restart');
  const afterUnpack = async () => {
    writeFileSync('/dev/full', 'a byte'); // the system's own "no space left on device"
    return {};
  };
  manager = await control.open({ afterUnpack });
  const whole = manager.cluster().damaged.find(({ name }) => name === 'whole');
  expect(whole?.problem).toMatch(
    /could not be used when serve started \(ENOSPC: .+\): mend that and start serve again/,
  );
  manager.close('restart');
  manager = await control.open();
  expect(manager.cluster().topologies.map(({ name }) => name)).toEqual(['whole']);
});

it('says of a plan of a younger build which build can go on with it', async () => {
  manager.close('restart');
  const [id = ''] = control.filesIn('topologies').filter((name) => name.startsWith('whole'));
  const plan = JSON.stringify({ planVersion: 99, stormId: id });
  writeFileSync(join(control.localDir, 'topologies', id, 'plan.json'), plan);
  manager = await control.open();
  const problems = manager.cluster().damaged.map(({ problem }) => problem);
  expect(problems).toContainEqual(
    expect.stringMatching(/^cannot run, the plan of whole.* go on with the build that wrote it/),
  );
});

it('gives its name away only once it is killed, which leaves nothing of it', async () => {
  await expect(manager.submit(control.request('damaged'))).rejects.toThrow(AlreadyAliveError);
  await manager.kill('damaged', null);
  expect(manager.cluster().damaged).toEqual([]);
  expect(control.filesIn('topologies')).toHaveLength(1);
  await manager.submit(control.request('damaged'));
  expect(
    manager
      .cluster()
      .topologies.map(({ name }) => name)
      .sort(),
  ).toEqual(['damaged', 'whole']);
});
