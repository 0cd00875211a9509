import { expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { TestControl, wordTopology } from './topology-manager.fixture.ts';

const jars = { classPath: [], bridgePath: [], archive: '/absent.jsa' };
const defaults = { 'topology.message.timeout.secs': 30, 'only.in': '0.9', 'set.by': 'defaults' };

it('puts the configuration of a topology over the defaults of its own generation', async () => {
  const control = new TestControl();
  try {
    const manager = await control.open({
      generations: {
        'storm-0.9': { ...jars, config: StormConf.of(defaults) },
        'storm-0.10': { ...jars, config: StormConf.of({ ...defaults, 'only.in': '0.10' }) },
      },
    });
    const config = StormConf.of({ 'set.by': 'topology' });
    const topology = { ...wordTopology('word'), generation: 'storm-0.10', config } as const;
    const id = await manager.submit(control.request('word', { topology }));
    const deployed = control.engine.deployments.get(id)?.config;
    expect([deployed?.get('only.in'), deployed?.get('set.by')]).toEqual(['0.10', 'topology']);
  } finally {
    control.remove();
  }
});
