import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { checkStatePlaces, renewedPlaces, stateClaims, statePlaces } from './state-places.ts';
import { TestControl } from './topology-manager.fixture.ts';
import type { TopologyManager } from './topology-manager.ts';

let control: TestControl;
let manager: TopologyManager;

/** Every topology's spout numbers its batches under this id. */
const inspect = async () => [
  {
    ...{ id: 'words', className: 'Words', problem: null },
    ...{ drpcFunctions: [], shellCommand: null, transactionalIds: ['source'] },
  },
];

beforeEach(async () => {
  control = new TestControl();
  manager = await control.open({ inspect });
});

afterEach(() => {
  manager.close('the test is over');
  control.remove();
});

it('refuses a topology that would number its batches where a living one does', async () => {
  await manager.submit(control.request('first'));
  await expect(manager.submit(control.request('second'))).rejects.toThrow(
    /^second keeps the number of its batches in ZooKeeper at .*\/source, as first does, which is alive/,
  );
});

it('accepts one of two that are submitted at once', async () => {
  const both = ['first', 'second'].map((name) => manager.submit(control.request(name)));
  const ends = (await Promise.allSettled(both)).map(({ status }) => status);
  expect(ends.sort()).toEqual(['fulfilled', 'rejected']);
});

it('remembers after a restart where living topologies number their batches', async () => {
  await manager.submit(control.request('first'));
  manager.close('restart');
  manager = await control.open({ inspect });
  await manager.restore();
  await expect(manager.submit(control.request('second'))).rejects.toThrow(/as first does/);
});

it('remembers where a topology numbers its batches whose files are damaged', async () => {
  const id = await manager.submit(control.request('first'));
  manager.close('restart');
  rmSync(join(control.localDir, 'topologies', id, 'plan.json'));
  manager = await control.open({ inspect });
  await expect(manager.submit(control.request('second'))).rejects.toThrow(/as first does/);
  await manager.kill('first', null);
  await manager.submit(control.request('second'));
});

it('starts our ZooKeeper before a worker of a topology that numbers its batches there', async () => {
  let starts = 0;
  const address = { host: '127.0.0.1', port: 21_810 };
  control.zooKeeper = { address, start: async () => void starts++ };
  const startsBefore = async (config: object, spout: typeof inspect) => {
    starts = 0;
    const own = await control.open({ inspect: spout });
    const defaults = {
      ...{ 'transactional.zookeeper.servers': null, 'transactional.zookeeper.port': null },
      'transactional.zookeeper.root': '/transactional',
    };
    const request = control.request(`words-${Object.keys(config).length}`);
    const topology = { ...request.topology, config: StormConf.of({ ...defaults, ...config }) };
    const id = await own.submit({ ...request, topology });
    await control.engine.listeners.get(id)?.beforeWorker();
    await own.kill(request.topology.name, 0);
    own.close('enough was seen');
    return starts;
  };
  expect(await startsBefore({}, inspect)).toBe(1);
  expect(await startsBefore({ 'storm.zookeeper.servers': ['zk1'] }, inspect)).toBe(0);
  const findsNothing = async () => [];
  expect(await startsBefore({ 'some.key': 1, 'another.key': 2 }, findsNothing)).toBe(0);
});

it('tells states apart by server and root as well as by id', () => {
  const config = {
    'storm.zookeeper.servers': ['zk1'],
    'storm.zookeeper.port': 2181,
    'transactional.zookeeper.servers': null,
    'transactional.zookeeper.port': null,
    'transactional.zookeeper.root': '/transactional',
  };
  const places = (changes: object) =>
    statePlaces(['source'], StormConf.of({ ...config, ...changes }));
  const own = { name: 'own', statePlaces: places({}) };
  const check = (changes: object) => () =>
    checkStatePlaces(own, [{ name: 'other', statePlaces: places(changes) }]);
  expect(check({})).toThrow('at /transactional/source, as other does');
  expect(check({ 'transactional.zookeeper.root': '/elsewhere' })).not.toThrow();
  expect(check({ 'transactional.zookeeper.servers': ['zk2'] })).not.toThrow();
  expect(check({ 'transactional.zookeeper.port': 2182 })).not.toThrow();
});

it('knows the same ZooKeeper by each of the names that it has', () => {
  const claim = (servers: readonly string[]) => ({
    name: servers.join(),
    statePlaces: statePlaces(
      ['source'],
      StormConf.of({
        ...{ 'transactional.zookeeper.servers': servers, 'transactional.zookeeper.port': 2181 },
        'transactional.zookeeper.root': '/trident',
      }),
    ),
  });
  const own = claim(['127.0.0.1']);
  for (const servers of [
    ['localhost'],
    ['LocalHost'],
    ['::1'],
    [hostname()],
    ['zk1', 'localhost'],
  ]) {
    const other = claim(servers);
    expect(() => checkStatePlaces(own, [other])).toThrow('at /trident/source');
    expect(stateClaims([other], { host: '127.0.0.1', port: 2181 })).toEqual([
      { topology: other.name, path: '/trident/source' },
    ]);
  }
  expect(() => checkStatePlaces(claim(['zk2', 'zk1']), [claim(['zk1', 'zk3'])])).toThrow();
  expect(() => checkStatePlaces(own, [claim(['localhost.example.com'])])).not.toThrow();
});

it('knows the places of topologies that an earlier build accepted, which wrote them as configured', async () => {
  let starts = 0;
  const address = { host: '127.0.0.1', port: 2181 };
  control.zooKeeper = { address, start: async () => void starts++ };
  const id = await manager.submit(control.request('first'));
  manager.close('restart');
  await rewritePlaces(['["zk1","LocalHost"]:2181/trident/source']);
  manager = await control.open({ inspect });
  await manager.restore();
  expect(manager.stateClaims().claims).toEqual([{ topology: 'first', path: '/trident/source' }]);
  await control.engine.listeners.get(id)?.beforeWorker();
  expect(starts).toBe(1);
  await expect(manager.submit(wordsIn('second', 'ZK1'))).rejects.toThrow(/as first does/);
});

it('reads every form that a place was written in, and leaves what is none', () => {
  const renewed = (place: string) => renewedPlaces([place]);
  expect(renewed('["localhost"]:2181/trident/a:b')).toEqual(['["127.0.0.1"]:2181/trident/a:b']);
  expect(renewed('"zk1":2181/trident/a')).toEqual(['["zk1"]:2181/trident/a']);
  expect(renewed('null:null/trident/a')).toEqual(['[null]:null/trident/a']);
  expect(renewed('["[::1]","zk]:\\""]:2181/a')).toEqual([
    '["127.0.0.1"]:2181/a',
    '["zk]:\\""]:2181/a',
  ]);
  expect(renewed('of another kind')).toEqual(['of another kind']);
  const today = statePlaces(['a'], StormConf.of({ 'storm.zookeeper.servers': ['zk1', '::1'] }));
  expect(renewedPlaces(today)).toEqual(today);
});

it('says what living topologies keep in one ZooKeeper, and nothing of what is in others', () => {
  const places = (servers: readonly string[], port: number) =>
    statePlaces(
      ['source'],
      StormConf.of({
        ...{ 'transactional.zookeeper.servers': servers, 'transactional.zookeeper.port': port },
        'transactional.zookeeper.root': '/deep/root',
      }),
    );
  const claims = [
    { name: 'here', statePlaces: places(['127.0.0.1'], 2181) },
    { name: 'there', statePlaces: places(['127.0.0.1'], 21_819) },
    { name: 'elsewhere', statePlaces: places(['zk1'], 2181) },
  ];
  expect(stateClaims(claims, { host: '127.0.0.1', port: 2181 })).toEqual([
    { topology: 'here', path: '/deep/root/source' },
  ]);
});

/** Puts these places into the record of every topology. */
async function rewritePlaces(places: readonly string[]): Promise<void> {
  const epoch = (await control.store.claim('test', 1)) ?? 0;
  for (const [key, text] of await control.store.list('topology/')) {
    const record = { ...JSON.parse(text), statePlaces: places };
    await control.store.put(epoch, key, JSON.stringify(record));
  }
}

/** A topology that keeps its batches at /trident/source of this server. */
function wordsIn(name: string, server: string) {
  const request = control.request(name);
  const config = StormConf.of({
    ...{ 'transactional.zookeeper.servers': [server], 'transactional.zookeeper.port': 2181 },
    'transactional.zookeeper.root': '/trident',
  });
  return { ...request, topology: { ...request.topology, config } };
}
