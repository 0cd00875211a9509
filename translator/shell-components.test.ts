import { describe, expect, it } from 'vitest';
import { type ComponentSpec, componentId, type Topology } from '../storm-api/index.ts';
import { withShells } from './shell-components.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

const split = { kind: 'shell', command: 'python', script: 'split.py' } as const;

function shellBolt(): ComponentSpec {
  return { ...bolt('split', { inputs: { words: { kind: 'shuffle' } } }), implementation: split };
}

function hosts(topology: Topology) {
  const { plan } = translateSample(topology);
  return plan.processors.flatMap(({ id, host, shell }) =>
    host === null ? [] : [[id, host, shell?.command ?? null]],
  );
}

describe('a component that was submitted as a command', () => {
  it('runs in a native worker, beside the Java worker of the others', () => {
    const { plan } = translateSample(topologyOf([spout('words'), shellBolt()]));
    expect(plan.processors.find(({ id }) => id === 'split')).toMatchObject({
      host: 'native',
      shell: { command: ['python', 'split.py'], environment: {} },
    });
    expect(plan.workers.map(({ host, port }) => [host, port])).toEqual([
      ['java', 6700],
      ['native', 6700],
    ]);
  });

  it.each([
    ['the user wants it', '{"gearstorm.multilang.native":false}'],
    ['its serializer is a Java class', '{"topology.multilang.serializer":"acme.Mine"}'],
    ['hooks are Java classes', '{"topology.auto.task.hooks":["acme.Hook"]}'],
  ])('stays in Java when %s', (_, config) => {
    const found = hosts(topologyOf([spout('words'), shellBolt()], config));
    expect(found).toContainEqual(['split', 'java', null]);
  });

  it('is native though metrics go to a Java class, which is a component of its own', () => {
    const config = '{"topology.metrics.consumer.register":[{"class":"acme.M"}]}';
    const found = hosts(topologyOf([spout('words'), shellBolt()], config));
    expect(found).toContainEqual(['split', 'native', ['python', 'split.py']]);
    expect(found).toContainEqual(['__metricsacme.M', 'java', null]);
  });

  it('stays in Java when a Java class chooses the tasks for what it emits', () => {
    const grouping = { kind: 'custom-object', className: 'acme.Grouping', args: [] } as const;
    const sink = bolt('sink', { inputs: { split: grouping } });
    const found = hosts(topologyOf([spout('words'), shellBolt(), sink]));
    expect(found).toContainEqual(['split', 'java', null]);
  });
});

it('Java classes that are only a subprocess move to native workers on the same slots', () => {
  const input = { inputs: { words: { kind: 'shuffle' } } } as const;
  const translation = translateSample(topologyOf([spout('words'), bolt('split', input)]));
  const shell = { command: ['ruby', 'split.rb'], environment: {} };
  const plan = withShells(translation, new Map([[componentId('split'), shell]]));
  expect(plan.processors.find(({ id }) => id === 'split')).toMatchObject({ host: 'native', shell });
  expect(plan.workers.map(({ host, port }) => [host, port])).toEqual([
    ['java', 6700],
    ['native', 6700],
  ]);
  expect(plan.executors).toHaveLength(translation.plan.executors.length);
});
