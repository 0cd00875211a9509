import { expect, it } from 'vitest';
import {
  type ComponentSpec,
  componentId,
  StormConf,
  streamId,
  type Topology,
} from '../../storm-api/index.ts';
import { graphMessage, serializedClass } from './graph-message.ts';

function serialized(className: string, after = Buffer.from('and more')): Buffer {
  return Buffer.concat([Buffer.from('aced00057372', 'hex'), lengthAndText(className), after]);
}

function lengthAndText(text: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(text.length);
  return Buffer.concat([length, Buffer.from(text)]);
}

const spout: ComponentSpec = {
  kind: 'spout',
  id: componentId('words'),
  implementation: { kind: 'serialized-java', bytes: serialized('com.example.Words') },
  parallelismHint: 2,
  config: StormConf.empty,
  streams: new Map([[streamId('default'), { fields: ['word'], direct: false }]]),
  inputs: [],
};
const bolt: ComponentSpec = {
  ...spout,
  kind: 'bolt',
  id: componentId('count'),
  implementation: { kind: 'shell', command: 'python3', script: 'count.py' },
  streams: new Map(),
  inputs: [
    {
      source: componentId('words'),
      stream: streamId('default'),
      grouping: { kind: 'fields', fields: ['word'] },
    },
  ],
};
const topology: Topology = {
  name: 'example',
  generation: 'storm-0.9',
  config: StormConf.empty,
  components: [spout, bolt],
};

it('tells what runs inside components and how they are subscribed to', () => {
  expect(graphMessage('example-1-1', topology)).toEqual({
    ...{ id: 'example-1-1', name: 'example', generation: 'storm-0.9' },
    components: [
      {
        ...{ id: 'words', kind: 'spout', code: 'com.example.Words' },
        streams: [{ id: 'default', fields: ['word'] }],
      },
      { id: 'count', kind: 'bolt', code: 'python3 count.py', streams: [] },
    ],
    edges: [{ source: 'words', stream: 'default', target: 'count', grouping: 'fields (word)' }],
  });
});

it('reads the class of a serialized object from its first bytes, and nothing of what is none', () => {
  expect(serializedClass(serialized('a.b.C'))).toBe('a.b.C');
  expect(serializedClass(serialized('a.b.C').subarray(0, 7))).toBeNull();
  expect(serializedClass(Buffer.from('text'))).toBeNull();
  expect(serializedClass(new Uint8Array())).toBeNull();
});

it("tells the user's class, not the one that Storm puts around basic bolts", () => {
  const wrapper = 'backtype.storm.topology.BasicBoltExecutor';
  const wrapping = (field: Buffer) => {
    const version = Buffer.from('0011223344556677', 'hex');
    const description = Buffer.concat([
      ...[version, Buffer.from('0200014c', 'hex'), lengthAndText('_bolt'), Buffer.from('t')],
      ...[lengthAndText('Lbacktype/storm/topology/IBasicBolt;'), field],
    ]);
    return serializedClass(serialized(wrapper, description));
  };
  const object = Buffer.concat([Buffer.from('78707372', 'hex'), lengthAndText('shop.Count')]);
  expect(wrapping(object)).toBe('shop.Count');
  expect(wrapping(object.subarray(0, 5))).toBe(wrapper);
  expect(wrapping(Buffer.from('7870', 'hex'))).toBe(wrapper);
});
