import { describe, expect, it } from 'vitest';
import { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type { ComponentSpec, Implementation, InputSpec } from '../model/component-spec.ts';
import { componentId, defaultStream, streamId } from '../model/ids.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import type { Topology } from '../model/topology.ts';
import { encodeTopology, fromModel } from './from-model.ts';
import { decodeTopology, toModel } from './to-model.ts';
import type { ComponentCommon, ComponentObject, StormTopology } from './topology-structs.ts';

const frame = { name: 'words', generation: 'storm-0.9', config: StormConf.empty } as const;
const javaObject = {
  className: 'example.Bolt',
  args: [
    { kind: 'int', value: -1 },
    { kind: 'long', value: 2n ** 60n + 1n },
    { kind: 'string', value: 'größe' },
    { kind: 'bool', value: true },
    { kind: 'binary', value: Buffer.from([0, 255]) },
    { kind: 'double', value: 0.1 },
  ],
} as const;

function input(grouping: StreamGrouping): InputSpec {
  return { source: componentId('words'), stream: defaultStream, grouping };
}

function bolt(id: string, parts: Partial<ComponentSpec> = {}): ComponentSpec {
  return {
    kind: 'bolt',
    id: componentId(id),
    implementation: { kind: 'serialized-java', bytes: Buffer.from([1, 2]) },
    parallelismHint: null,
    config: StormConf.empty,
    streams: new Map(),
    inputs: [],
    ...parts,
  };
}

function topologyOf(...components: readonly ComponentSpec[]): Topology {
  return { ...frame, components };
}

function structureOf(object: ComponentObject, common: Partial<ComponentCommon>): StormTopology {
  const whole = { inputs: new Map(), streams: new Map(), ...common };
  return {
    spouts: new Map(),
    bolts: new Map([['b', { bolt_object: object, common: whole }]]),
    state_spouts: new Map(),
  };
}

describe('a topology through Thrift and back', () => {
  it.each<StreamGrouping>([
    { kind: 'shuffle' },
    { kind: 'fields', fields: ['word', '__proto__'] },
    { kind: 'all' },
    { kind: 'global' },
    { kind: 'none' },
    { kind: 'direct' },
    { kind: 'local-or-shuffle' },
    { kind: 'custom-serialized', bytes: Buffer.from('grouping') },
    { kind: 'custom-object', ...javaObject },
  ])('keeps the grouping $kind', (grouping) => {
    const topology = topologyOf(bolt('b', { inputs: [input(grouping)] }));
    expect(decodeTopology(encodeTopology(topology), frame)).toEqual(topology);
  });

  it.each<Implementation>([
    { kind: 'serialized-java', bytes: Buffer.from([0xac, 0xed]) },
    { kind: 'java-object', ...javaObject },
    { kind: 'shell', command: 'python', script: 'count.py' },
  ])('keeps an implementation of kind $kind', (implementation) => {
    const topology = topologyOf(bolt('b', { implementation }));
    expect(decodeTopology(encodeTopology(topology), frame)).toEqual(topology);
  });

  it('keeps kinds, order, streams, parallelism and configuration', () => {
    const topology = topologyOf(
      bolt('z', {
        kind: 'spout',
        parallelismHint: 3,
        config: StormConf.fromJson('{"b":1.0,"a":1152921504606846977,"__proto__":1}'),
        streams: new Map([
          [streamId('late'), { fields: ['a', 'b'], direct: true }],
          [defaultStream, { fields: [], direct: false }],
        ]),
      }),
      bolt('a', { kind: 'spout' }),
      bolt('y', { inputs: [input({ kind: 'all' })] }),
      bolt('x', { parallelismHint: 0 }),
      bolt('state', { kind: 'state-spout' }),
    );
    const back = decodeTopology(encodeTopology(topology), frame);
    expect(back).toEqual(topology);
    expect(back.components[0]?.config.toJson()).toBe(topology.components[0]?.config.toJson());
    expect([...(back.components[0]?.streams.keys() ?? [])]).toEqual(['late', 'default']);
  });

  it('writes the global grouping as Storm does, as no fields', () => {
    const structure = fromModel(topologyOf(bolt('b', { inputs: [input({ kind: 'global' })] })));
    const [grouping] = structure.bolts.get('b')?.common.inputs.values() ?? [];
    expect(grouping).toEqual({ kind: 'fields', value: [] });
  });
});

describe('a topology that makes no sense', () => {
  const java: ComponentObject = { kind: 'serialized_java', value: Buffer.alloc(0) };

  it.each(['[]', '{', '"text"', '1', 'null', '{"a":1}x'])(
    'is refused for the configuration %s, which names its component',
    (json_conf) => {
      expect(() => toModel(structureOf(java, { json_conf }), frame)).toThrow(InvalidTopologyError);
      expect(() => toModel(structureOf(java, { json_conf }), frame)).toThrow(/component b /);
    },
  );

  it('does not change when the bytes it was read from are written over', () => {
    const grouping = { kind: 'custom-serialized', bytes: Buffer.from([3, 4]) } as const;
    const topology = { ...frame, components: [bolt('target', { inputs: [input(grouping)] })] };
    const bytes = encodeTopology(topology);
    const decoded = decodeTopology(bytes, frame);
    bytes.fill(0);
    expect(encodeTopology(decoded)).toEqual(encodeTopology(topology));
  });

  it('may leave the configuration empty', () => {
    const [component] = toModel(structureOf(java, { json_conf: '' }), frame).components;
    expect(component?.config.size).toBe(0);
  });

  it('is refused for a shell component without a command', () => {
    const shell: ComponentObject = { kind: 'shell', value: { script: 'x.py' } };
    expect(() => toModel(structureOf(shell, {}), frame)).toThrow(/component b .*command/);
  });

  it('is refused for a grouping that is none, with the place of it', () => {
    const encoded = encodeTopology(
      topologyOf(bolt('counter', { inputs: [input({ kind: 'shuffle' })] })),
    );
    const shuffle = Buffer.from('0c00020000', 'hex');
    const at = encoded.lastIndexOf(shuffle);
    const unknown = Buffer.from('0c00630000', 'hex');
    unknown.copy(encoded, at);
    expect(() => decodeTopology(encoded, frame)).toThrow(InvalidTopologyError);
    expect(() => decodeTopology(encoded, frame)).toThrow(
      /bolts\.counter\.common\.inputs\.words\/default: Grouping must have/,
    );
  });
});
