import { expect, it } from 'vitest';
import type { Generation } from '../storm-api/index.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

const shuffle = { kind: 'shuffle' } as const;

// clause: conf-layers, storm-id
it('the topology is laid over the cluster, key by key, and named', () => {
  const { config } = translateSample(
    topologyOf([spout('s')], '{"topology.debug":true,"list":[2]}'),
    '{"topology.debug":false,"list":[1,1],"drpc.port":3772}',
  );
  expect(JSON.parse(config.toJson())).toMatchObject({
    'topology.debug': true,
    list: [2],
    'drpc.port': 3772,
    'storm.id': 'sample-1-1',
    'topology.name': 'sample',
  });
});

it('numbers reach components as they were written', () => {
  const { plan, config } = translateSample(
    topologyOf(
      [
        spout('s', {
          config: '{"own.double":2.0,"own.long":9007199254740993,"own.map":{"x":1.0}}',
        }),
      ],
      '{"a":1,"b":1.0,"c":9007199254740993,"d":1e3,"__proto__":{"x":1},"constructor":2.0}',
    ),
  );
  for (const text of [
    '"a":1,',
    '"b":1.0,',
    '"c":9007199254740993',
    '"d":1e3',
    '"__proto__":{"x":1}',
    '"constructor":2.0',
  ]) {
    expect(config.toJson()).toContain(text);
  }
  const own = plan.processors.find(({ id }) => id === 's')?.configJson;
  expect(own).toContain('"own.double":2.0,"own.long":9007199254740993,"own.map":{"x":1.0}');
  expect(own).toContain('"b":1.0');
});

it("a component's own keys win, but Storm's keys only where it allows them", () => {
  const { plan } = translateSample(
    topologyOf(
      [
        bolt('b', {
          config: JSON.stringify({
            'user.key': 'bolt',
            'topology.tick.tuple.freq.secs': 5,
            'topology.max.spout.pending': 7,
            'topology.workers': 9,
            'nimbus.host': 'elsewhere',
            'topology.unheard.of': 1,
          }),
        }),
      ],
      '{"user.key":"topology","topology.workers":2}',
    ),
    '{"nimbus.host":"here"}',
  );
  const config = JSON.parse(plan.processors.find(({ id }) => id === 'b')?.configJson ?? '');
  expect(config).toMatchObject({
    'user.key': 'bolt',
    'topology.tick.tuple.freq.secs': 5,
    'topology.max.spout.pending': 7,
    'topology.workers': 2,
    'nimbus.host': 'here',
    'topology.unheard.of': 1,
  });
  expect(config).not.toHaveProperty('topology.tasks');
});

// clause: component-conf
it('keys that only 0.10 knows pass through a component of 0.9', () => {
  const draft = { config: '{"topology.users":["me"]}' };
  for (const [generation, expected] of [
    ['storm-0.9', ['me']],
    ['storm-0.10', []], // the topology's, not the component's
  ] as const) {
    const { plan } = translateSample(topologyOf([bolt('b', draft)], '{}', generation));
    const config = JSON.parse(plan.processors.find(({ id }) => id === 'b')?.configJson ?? '');
    expect(config['topology.users']).toEqual(expected);
  }
});

it('a spout sees its message timeout as tick frequency, as in Storm', () => {
  const { plan } = translateSample(topologyOf([spout('s')], '{"topology.message.timeout.secs":7}'));
  const config = JSON.parse(plan.processors.find(({ id }) => id === 's')?.configJson ?? '');
  expect(config['topology.tick.tuple.freq.secs']).toBe(7);
});

// clause: kryo-union
it('Kryo registrations of all components are gathered and the topology has the last word', () => {
  const { config } = translateSample(
    topologyOf(
      [
        spout('s', {
          config:
            '{"topology.kryo.register":["a.A",{"b.B":"b.One"}],"topology.kryo.decorators":["d.D","d.E"]}',
        }),
        bolt('b', { inputs: { s: shuffle }, config: '{"topology.kryo.register":["c.C"]}' }),
      ],
      '{"topology.kryo.register":[{"b.B":"b.Two"},"__proto__"],"topology.kryo.decorators":["d.E","d.F"]}',
    ),
    '{"topology.kryo.register":["cluster.X"]}',
  );
  expect(config.text('topology.kryo.register')).toBe(
    '{"a.A":null,"b.B":"b.Two","c.C":null,"__proto__":null}',
  );
  expect(config.get('topology.kryo.decorators')).toEqual(['d.D', 'd.E', 'd.F']);
});

it("the cluster's registrations count when the topology has none", () => {
  const { config } = translateSample(
    topologyOf([spout('s')]),
    '{"topology.kryo.register":["c.X"]}',
  );
  expect(config.get('topology.kryo.register')).toEqual({ 'c.X': null });
});

it('no registrations are null, no decorators an empty list', () => {
  const { config } = translateSample(topologyOf([spout('s')]));
  expect(config.text('topology.kryo.register')).toBe('null');
  expect(config.text('topology.kryo.decorators')).toBe('[]');
});

// clause: conf-json
it('knows which numbers come from the cluster and are to be typed as YAML types them', () => {
  const cluster = '{"int":1,"deep":[{"n":2}],"text":"3","own.of.topology":4,"own.of.component":5}';
  const draft = { config: '{"own.of.component":6}' };
  const { plan } = translateSample(
    topologyOf([bolt('b', draft)], '{"own.of.topology":7}'),
    cluster,
  );
  expect(plan.yamlKeys).toEqual(['int', 'deep', 'own.of.component']);
  const own = plan.processors.find(({ id }) => id === 'b')?.ownConfigKeys;
  expect(own).toEqual(['own.of.component']);
});

// clause: submitter
it('0.10 is told who submitted, which nobody can claim, and 0.9 is not', () => {
  const claim = '{"topology.submitter.user":"root","topology.users":["a","b","a"]}';
  const config = (generation: Generation) =>
    translateSample(topologyOf([bolt('b')], claim, generation)).config;
  expect(config('storm-0.10').get('topology.submitter.user')).toBe('');
  expect(config('storm-0.10').get('topology.submitter.principal')).toBe('');
  expect(config('storm-0.10').get('topology.users')).toEqual(['a', 'b']);
  expect(config('storm-0.9').get('topology.submitter.user')).toBe('root');
  expect(config('storm-0.9').has('topology.submitter.principal')).toBe(false);
});

it("the client's login to ZooKeeper is only for clusters that have one themselves", () => {
  const topology = topologyOf(
    [spout('s')],
    '{"storm.zookeeper.topology.auth.scheme":"digest","storm.zookeeper.topology.auth.payload":"a:b"}',
  );
  const key = 'storm.zookeeper.topology.auth.scheme';
  expect(translateSample(topology, '{}').config.has(key)).toBe(false);
  const secured = '{"storm.zookeeper.auth.scheme":"digest"}';
  expect(translateSample(topology, secured).config.get(key)).toBe('digest');
});
