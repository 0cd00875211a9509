import { expect, it } from 'vitest';
import { withOwnZooKeeper } from './own-zookeeper.ts';
import { StormConf } from './storm-conf.ts';

const own = { host: '127.0.0.1', port: 40_123 };
const cluster = StormConf.of({
  'storm.zookeeper.servers': ['localhost'],
  'storm.zookeeper.port': 2181,
  'transactional.zookeeper.servers': null,
  'transactional.zookeeper.port': null,
});

it('names our ZooKeeper to a topology that names none', () => {
  const config = withOwnZooKeeper(StormConf.empty, cluster, own);
  expect(config.get('storm.zookeeper.servers')).toEqual(['127.0.0.1']);
  expect(config.get('storm.zookeeper.port')).toBe(40_123);
  expect(config.has('transactional.zookeeper.port')).toBe(false);
});

it('leaves a topology alone that names its servers', () => {
  const topology = StormConf.of({ 'storm.zookeeper.servers': ['zk1'] });
  expect(withOwnZooKeeper(topology, cluster, own)).toBe(topology);
});

it('takes the servers of the cluster, handed on by a client, for no choice', () => {
  const config = withOwnZooKeeper(cluster, cluster, own);
  expect(config.get('storm.zookeeper.servers')).toEqual(['127.0.0.1']);
});

it('keeps the usual port for transactional servers that are named without one', () => {
  const topology = StormConf.of({ 'transactional.zookeeper.servers': ['zk1'] });
  const config = withOwnZooKeeper(topology, cluster, own);
  expect(config.get('transactional.zookeeper.port')).toBe(2181);
  expect(config.get('transactional.zookeeper.servers')).toEqual(['zk1']);
});
