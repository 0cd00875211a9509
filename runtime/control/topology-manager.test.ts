import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  AlreadyAliveError,
  componentId,
  InvalidTopologyError,
  NotAliveError,
  type StormId,
  streamId,
} from '../../storm-api/index.ts';
import { settle, TestControl, wordTopology } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open();
});
afterEach(() => control.remove());

describe('an accepted submission', () => {
  // clause: storm-id
  it('gets an id of name, number and seconds, and starts', async () => {
    const id = await manager.submit(control.request('word'));
    expect(id).toBe('word-1-1000000');
    expect(control.engine.told).toEqual([`start ${id} true`]);
    expect(await manager.submit(control.request('other'))).toBe('other-2-1000000');
  });

  it('leaves what workers need in files that only the owner may read', async () => {
    const id = await manager.submit(control.request('word'));
    const deployment = control.engine.deployments.get(id);
    const files = deployment?.files;
    expect(readFileSync(join(files?.resources ?? '', 'a.py'), 'utf8')).toBe('class');
    expect(JSON.parse(readFileSync(files?.plan ?? '', 'utf8'))).toEqual(deployment?.plan);
    expect(JSON.parse(readFileSync(files?.config ?? '', 'utf8'))).toMatchObject({
      'storm.id': id,
      'topology.name': 'word',
      'my.key': 1,
    });
    expect(statSync(files?.config ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(files?.topology ?? '').mode & 0o777).toBe(0o600);
    expect(statSync(join(control.localDir, 'topologies', id)).mode & 0o777).toBe(0o700);
    const jar = join(control.localDir, 'topologies', id, 'topology.jar');
    expect(deployment?.classPath).toEqual(['/lib/storm-core.jar', jar]);
    expect(statSync(jar).mode & 0o777).toBe(0o600);
  });

  it('of a topology without a jar has an empty resources folder', async () => {
    const id = await manager.submit(control.request('word', { jarFile: null }));
    const deployment = control.engine.deployments.get(id);
    expect(deployment?.classPath).toEqual(['/lib/storm-core.jar']);
    expect(existsSync(deployment?.files.resources ?? '')).toBe(true);
  });

  it('of a generation that cannot run here is refused', async () => {
    const topology = { ...wordTopology('word'), generation: 'storm-0.10' } as const;
    await expect(manager.submit(control.request('word', { topology }))).rejects.toThrow(
      'topologies of storm-0.10 cannot run here yet',
    );
    expect(control.filesIn('topologies')).toEqual([]);
  });

  it('gives its jar out while it lives', async () => {
    const id = await manager.submit(control.request('word'));
    expect(manager.jarOf(id)).toBe(join(control.localDir, 'topologies', id, 'topology.jar'));
    await manager.kill('word', 0);
    await control.clock.advance(0);
    expect(manager.jarOf(id)).toBeNull();
  });

  // clause: initial-inactive
  it('may start inactive', async () => {
    const id = await manager.submit(control.request('word', { initialStatus: 'INACTIVE' }));
    expect(control.engine.told).toEqual([`start ${id} false`]);
    expect(manager.describe(id).status).toBe('INACTIVE');
  });
});

describe('a submission', () => {
  it('of a name that lives is refused, also while it is being killed', async () => {
    await manager.submit(control.request('word'));
    await expect(manager.submit(control.request('word'))).rejects.toThrow(AlreadyAliveError);
    await manager.kill('word', 10);
    await expect(manager.submit(control.request('word'))).rejects.toThrow(AlreadyAliveError);
    await control.clock.advance(10);
    expect(await manager.submit(control.request('word'))).toBe('word-2-1000010');
  });

  it('of one name twice at once is accepted once', async () => {
    const outcomes = await Promise.allSettled([
      manager.submit(control.request('word')),
      manager.submit(control.request('word')),
    ]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(control.engine.deployments.size).toBe(1);
  });

  it('takes slots that no other submission at the same time takes', async () => {
    const [a, b] = await Promise.all([
      manager.submit(control.request('a')),
      manager.submit(control.request('b')),
    ]);
    const ports = [a, b].map((id) => control.engine.deployments.get(id)?.plan.workers[0]?.port);
    expect(ports.sort()).toEqual([6700, 6701]);
    expect(manager.cluster()).toMatchObject({ slotsTotal: 2, slotsUsed: 2 });
  });

  it.each(['', 'a/b', 'a.b', 'a:b', 'a\\b'])('of the name "%s" is refused', async (name) => {
    await expect(manager.submit(control.request(name))).rejects.toThrow(InvalidTopologyError);
  });

  it('with a name that a shell or a path would stumble over stays in its folder', async () => {
    const id = await manager.submit(control.request('; rm -rf $HOME %2e%2e ü'));
    const [folder] = control.filesIn('topologies');
    expect(folder).toMatch(/^[%A-Za-z0-9_-]+$/);
    expect(manager.describe(id).name).toBe('; rm -rf $HOME %2e%2e ü');
  });
});

describe('a submission that fails leaves nothing behind', () => {
  const failing = (step: string) => async () => {
    throw new Error(`${step} failed`);
  };

  async function expectNothingLeft(failure: string | RegExp): Promise<void> {
    await expect(manager.submit(control.request('word'))).rejects.toThrow(failure);
    expect(control.filesIn('topologies')).toEqual([]);
    expect(control.filesIn('blobs')).toEqual([]);
    expect((await control.store.list('topology/')).size).toBe(0);
    expect(control.engine.told).toEqual([]);
    expect(manager.cluster()).toMatchObject({ topologies: [], slotsUsed: 0 });
  }

  it('when the jar cannot be read', async () => {
    const request = control.request('word', { jarFile: join(control.folder, 'absent.jar') });
    await expect(manager.submit(request)).rejects.toThrow('ENOENT');
    expect(control.filesIn('topologies')).toEqual([]);
    expect(control.filesIn('blobs')).toEqual([]);
  });

  it('when the topology cannot be encoded', async () => {
    const encode = () => {
      throw new Error('encode failed');
    };
    const decode = () => {
      throw new Error('never called');
    };
    manager = await control.open({ codec: { encode, decode } });
    await expectNothingLeft('encode failed');
  });

  it('when resources cannot be prepared', async () => {
    manager = await control.open({ afterUnpack: failing('afterUnpack') });
    await expectNothingLeft('afterUnpack failed');
  });

  it('when a component does not load', async () => {
    manager = await control.open({ inspect: failing('inspection') });
    await expectNothingLeft('inspection failed');
  });

  it('when the disk is full, which it says', async () => {
    const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    manager = await control.open({ inspect: () => Promise.reject(full) });
    await expectNothingLeft('the disk of storm.local.dir is full');
  });

  it('when another control plane has taken over meanwhile', async () => {
    manager = await control.open({
      inspect: async () => {
        await control.store.claim('test', 1);
        return [];
      },
    });
    await expectNothingLeft('has taken over');
  });

  it('and its name is free again', async () => {
    let broken = true;
    const inspect = async () => {
      if (broken) throw new InvalidTopologyError('does not load');
      return [];
    };
    manager = await control.open({ inspect });
    await expect(manager.submit(control.request('word'))).rejects.toThrow(InvalidTopologyError);
    broken = false;
    await manager.submit(control.request('word'));
  });
});

describe('a kill', () => {
  // clause: kill
  it('turns the spouts off at once and removes everything after the message timeout', async () => {
    const id = await manager.submit(control.request('word'));
    await manager.kill('word', null);
    expect(manager.describe(id).status).toBe('KILLED');
    expect(control.engine.told).toContain(`setActive ${id} false`);
    await control.clock.advance(29);
    expect(control.engine.told).not.toContain(`stop ${id}`);
    await control.clock.advance(1);
    expect(control.engine.told).toContain(`stop ${id}`);
    expect(() => manager.describe(id)).toThrow(NotAliveError);
    expect(control.filesIn('topologies')).toEqual([]);
    expect(control.filesIn('blobs')).toEqual([]);
    expect((await control.store.list('topology/')).size).toBe(0);
  });

  // clause: kill
  it('may be repeated with another wait', async () => {
    const id = await manager.submit(control.request('word'));
    await manager.kill('word', 100);
    await manager.kill('word', 0);
    await control.clock.advance(0);
    expect(control.engine.told).toContain(`stop ${id}`);
  });

  it('of an unknown name is refused', async () => {
    await expect(manager.kill('nobody', 0)).rejects.toThrow(NotAliveError);
  });

  it('is not undone by an activate that comes at the same time', async () => {
    const id = await manager.submit(control.request('word'));
    await Promise.allSettled([manager.kill('word', 10), manager.activate('word')]);
    expect(manager.describe(id).status).toBe('KILLED');
    await expect(manager.activate('word')).rejects.toThrow('being killed');
  });

  it('keeps a jar that another topology uses', async () => {
    await manager.submit(control.request('a'));
    await manager.submit(control.request('b'));
    expect(control.filesIn('blobs')).toHaveLength(1);
    await manager.kill('a', 0);
    await control.clock.advance(0);
    expect(control.filesIn('blobs')).toHaveLength(1);
    await manager.kill('b', 0);
    await control.clock.advance(0);
    await vi.waitFor(() => expect(control.filesIn('blobs')).toEqual([]), {
      timeout: 20_000,
    });
  });
});

describe('a restart', () => {
  it('goes on with every accepted topology in its state', async () => {
    const a = await manager.submit(control.request('a'));
    const b = await manager.submit(control.request('b'));
    await manager.deactivate('b');
    const before = manager.describe(a);
    manager = await control.open();
    expect(control.engine.told.sort()).toEqual([`start ${a} true`, `start ${b} false`]);
    const after = manager.describe(a);
    expect(after.systemTopology.components).toEqual(before.systemTopology.components);
    expect(after.topology.components).toEqual(before.topology.components);
    expect(after.config.toJson()).toBe(before.config.toJson());
    expect(manager.cluster().slotsUsed).toBe(2);
  });

  it('goes on with the wait of a kill', async () => {
    const id = await manager.submit(control.request('word'));
    await manager.kill('word', 20);
    manager.close('test');
    await control.clock.advance(15);
    manager = await control.open();
    expect(control.engine.told).toEqual([`start ${id} false`]);
    await control.clock.advance(5);
    expect(control.engine.told).toContain(`stop ${id}`);
  });

  it('ends a kill whose wait is over', async () => {
    const id = await manager.submit(control.request('word'));
    await manager.kill('word', 20);
    manager.close('test');
    await control.clock.advance(25);
    manager = await control.open();
    await control.clock.advance(0);
    await settle();
    expect(control.engine.told).toContain(`stop ${id}`);
    expect(control.filesIn('topologies')).toEqual([]);
  });

  it('does not give a number twice', async () => {
    await manager.submit(control.request('a'));
    manager = await control.open();
    expect(await manager.submit(control.request('b'))).toBe('b-2-1000000');
  });
});

describe('a description', () => {
  it('sums what successive workers of an executor counted', async () => {
    const id = await manager.submit(control.request('word'));
    const report = (workerToken: string, count: number) => reportWords(id, workerToken, count);
    report('first', 5);
    report('first', 10);
    report('second', 1);
    report('third', 4);
    const words = manager.describe(id).executorList.find(({ component }) => component === 'words');
    expect(words).toMatchObject({ firstTask: 3, port: 6700, uptimeSecs: 2 });
    expect(words?.counts?.emitted).toEqual(new Map([['default', 15]]));
    expect(words?.counts?.acked).toEqual([
      { source: 'words', stream: 'default', count: 15, meanMs: 2 },
    ]);
    const holders = new Map([['count', 15]]);
    expect(words?.counts?.timedOut).toEqual({ trees: 15, followed: 3, holders });
    expect(words?.counts).toBe(words?.counts); // summed once, however often it is looked at
  });

  it('goes on counting after a restart', async () => {
    const id = await manager.submit(control.request('word'));
    reportWords(id, 'first', 5);
    reportWords(id, 'second', 2);
    await control.clock.advance(10);
    manager.close('test');
    manager = await control.open();
    const emitted = () =>
      manager.describe(id).executorList[1]?.counts?.emitted.get(streamId('default'));
    expect(emitted()).toBe(7);
    reportWords(id, 'second', 3);
    expect(emitted()).toBe(8);
    reportWords(id, 'third', 1);
    expect(emitted()).toBe(9);
  });

  it('keeps the newest errors, cut to a bearable length, also over a restart', async () => {
    const id = await manager.submit(control.request('word'));
    for (let n = 0; n < 150; n++) {
      const place = { port: 6700, component: 'count', task: null };
      const message = 'x'.repeat(100_000);
      control.engine.listeners.get(id)?.onError({ ...place, timeMs: n, message });
    }
    await control.clock.advance(10);
    manager.close('test');
    manager = await control.open();
    const { errors } = manager.describe(id);
    expect(errors).toHaveLength(10);
    expect(errors[0]?.timeMs).toBe(149);
    expect(errors[0]?.message.length).toBeLessThan(10_000);
  });

  it('counts the tasks of the acker as Storm does', async () => {
    const id = await manager.submit(control.request('word'));
    expect(manager.describe(id)).toMatchObject({ tasks: 3, executors: 2, workers: 1, owner: '' });
    expect(manager.describe(id).systemTopology.components.map((each) => each.id)).toContain(
      '__acker',
    );
  });
});

it('a look at a component or stream that is not there is refused', async () => {
  await manager.submit(control.request('word'));
  const listener = { onTuples: () => {}, onEnd: () => {} };
  const peek = (component: string, stream: string | null) =>
    manager.peek(
      'word',
      {
        component: componentId(component),
        stream: stream === null ? null : streamId(stream),
        all: false,
      },
      listener,
    );
  await expect(peek('nobody', null)).rejects.toThrow('no component "nobody"');
  await expect(peek('__acker', null)).rejects.toThrow(InvalidTopologyError);
  await expect(peek('words', 'none')).rejects.toThrow('no stream "none"');
  await peek('words', 'default');
});

it('a control plane that was closed accepts nothing', async () => {
  manager.close('another one leads');
  await expect(manager.submit(control.request('word'))).rejects.toThrow('another one leads');
});

/** What a worker says that it counted since it started. */
function reportWords(id: StormId, workerToken: string, count: number): void {
  control.engine.listeners.get(id)?.onStats({
    port: 6700,
    workerToken,
    executors: [
      {
        component: 'words',
        firstTask: 3,
        lastTask: 3,
        uptimeMs: 2_000,
        emitted: [{ stream: 'default', count }],
        transferred: [],
        acked: [{ source: 'words', stream: 'default', count, totalMs: count * 2, sampled: count }],
        failed: [],
        executed: [],
        timedOut: { trees: count, followed: 1, holders: [{ component: 'count', tuples: count }] },
        ...{ executeLatency: [], ackLatency: [], queueLatency: [] },
        ...{ busyMs: 0, backpressuredMs: 0, queue: null },
      },
    ],
  });
}
