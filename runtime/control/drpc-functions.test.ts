import { expect, it } from 'vitest';
import { basicBolt, field, spout, TopologyBuilder } from '../../storm-api/builder/index.ts';
import { componentId, StormConf, stormId } from '../../storm-api/index.ts';
import { type ExecutionPlan, translate } from '../../translator/index.ts';
import { functionsThrough } from './drpc-functions.ts';

const streams = { default: { args: field<string>() } };
const requests = spout({ streams, source: () => [] });
const pass = basicBolt({ streams, execute: () => {} });

/** Two functions, each with two bolts in a row; every component has its worker. */
function plan(): ExecutionPlan {
  const { topology } = new TopologyBuilder('two')
    .setSpout('a', requests)
    .setBolt('a1', pass)
    .shuffleGrouping('a')
    .setBolt('a2', pass)
    .shuffleGrouping('a1')
    .setSpout('b', requests)
    .setBolt('b1', pass)
    .shuffleGrouping('b')
    .build();
  const config = StormConf.empty;
  const { plan } = translate({ topology, stormId: stormId('two-1-1'), config, slots: [6700] });
  const worker = new Map(plan.processors.map(({ id }, index) => [id, index]));
  const executors = plan.executors.map((each) => ({
    ...each,
    worker: worker.get(each.component) ?? 0,
  }));
  return { ...plan, executors };
}

it.each([
  ['a', []],
  ['a1', ['first', 'other']],
  ['a2', ['first', 'other']],
  ['b', []],
  ['b1', ['second']],
])('a worker that runs %s alone may hold tuples of %j', (component, functions) => {
  const spouts = [
    { component: componentId('a'), className: 'Spout', functions: ['first', 'other'] },
    { component: componentId('b'), className: 'Spout', functions: ['second'] },
  ];
  const all = plan();
  const worker = all.executors.find((each) => each.component === component)?.worker ?? -1;
  expect(functionsThrough(all, worker, spouts)).toEqual(functions);
});
