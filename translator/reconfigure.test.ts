import { expect, it } from 'vitest';
import { componentId, StormConf } from '../storm-api/index.ts';
import { reconfigure } from './reconfigure.ts';
import { withShells } from './shell-components.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

const hooks = StormConf.of({ 'topology.auto.task.hooks': ['acme.Hook'] });
const components = [spout('words'), bolt('split', { inputs: { words: { kind: 'shuffle' } } })];
const translation = translateSample(topologyOf(components));

it('gives components in Java hooks that they did not have', () => {
  const { plan, config } = reconfigure(translation.topology, translation, hooks);
  expect(config.get('topology.auto.task.hooks')).toEqual(['acme.Hook']);
  const split = plan.processors.find(({ id }) => id === 'split');
  expect(split?.configJson).toContain('"topology.auto.task.hooks":["acme.Hook"]');
});

it('refuses hooks where a subprocess runs without Java, which calls them', () => {
  const shell = { command: ['ruby', 'split.rb'], environment: {} };
  const plan = withShells(translation, new Map([[componentId('split'), shell]]));
  const running = { plan, config: translation.config };
  expect(() => reconfigure(translation.topology, running, hooks)).toThrow(
    'a rebalance cannot take split from its native workers to Java: submit it anew',
  );
});
