import { expect, it } from 'vitest';
import type { TopologyContext } from '../storm-api/builder/index.ts';
import { kafkaBolt } from './kafka-bolt.ts';

const nowhere = { brokers: 'none:1', topic: 'out', record: () => null };

const contextOf = (grouping: string, tasks: readonly number[]) =>
  ({
    ...{ topologyName: 'copy', stormId: 'copy-1-1', componentId: 'out', taskIndex: 0 },
    sources: [{ source: 'in', stream: 'default', target: 'out', grouping, fields: [] }],
    tasksOf: () => tasks,
  }) as unknown as TopologyContext;

it('refuses to write exactly once where the messages of a partition go to several tasks', () => {
  const { definition } = kafkaBolt({ ...nowhere, exactlyOnce: () => null });
  const prepare = (grouping: string, tasks: readonly number[]) =>
    definition.prepare(contextOf(grouping, tasks), {} as never);
  expect(() => prepare('shuffle', [3, 4])).toThrow('grouped by fields topic and partition');
  expect(() => prepare('fields', [3, 4])).not.toThrow();
  expect(() => prepare('shuffle', [3])).not.toThrow();
});

it('refuses addresses that are none', () => {
  expect(() => kafkaBolt({ ...nowhere, brokers: 'localhost' })).toThrow(
    'localhost is no address of a Kafka broker: they look like host:9092',
  );
});
