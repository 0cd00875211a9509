import type {
  ComponentSpec,
  Implementation,
  StreamGrouping,
  Topology,
} from '../../storm-api/index.ts';
import type { GraphComponent, GraphEdge, GraphMessage } from './messages.ts';

/** A topology as the page draws it: components and subscriptions, Storm's own left out. */
export function graphMessage(id: string, topology: Topology): GraphMessage {
  const { name, generation, components } = topology;
  return {
    ...{ id, name, generation },
    components: components.map(graphComponent),
    edges: components.flatMap(edgesInto),
  };
}

function graphComponent({ id, kind, implementation, streams }: ComponentSpec): GraphComponent {
  return {
    ...{ id, kind },
    code: codeOf(implementation),
    streams: [...streams].map(([stream, { fields }]) => ({ id: stream, fields })),
  };
}

function edgesInto({ id, inputs }: ComponentSpec): readonly GraphEdge[] {
  return inputs.map(({ source, stream, grouping }) => ({
    ...{ source, stream },
    target: id,
    grouping: groupingText(grouping),
  }));
}

function groupingText(grouping: StreamGrouping): string {
  switch (grouping.kind) {
    case 'fields':
      return `fields (${grouping.fields.join(', ')})`;
    case 'local-or-shuffle':
      return 'local or shuffle';
    case 'custom-native':
    case 'custom-serialized':
      return 'custom';
    case 'custom-object':
      return `custom (${grouping.className})`;
    case 'shuffle':
    case 'all':
    case 'global':
    case 'none':
    case 'direct':
      return grouping.kind;
  }
}

function codeOf(implementation: Implementation): string | null {
  switch (implementation.kind) {
    case 'serialized-java':
      return serializedClass(implementation.bytes);
    case 'java-object':
      return implementation.className;
    case 'shell':
      return `${implementation.command} ${implementation.script}`;
    case 'native':
      return 'TypeScript';
  }
}

/** How Java's serialization begins for an object: magic, version, object, class description. */
const objectStart = Buffer.from([0xac, 0xed, 0x00, 0x05, 0x73, 0x72]);

/** The end of a class description that has no superclass, and an object as its first field. */
const firstFieldStart = Buffer.from([0x78, 0x70, 0x73, 0x72]);

/** What Storm's builder puts around an IBasicBolt, which is its only field. */
const basicBoltWrapper = 'backtype.storm.topology.BasicBoltExecutor';

/**
 * The class that a serialized object is of, that of the user where Storm wrapped it; null when it
 * does not begin as one. Nothing is deserialized.
 */
export function serializedClass(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!text.subarray(0, objectStart.length).equals(objectStart)) return null;
  const name = nameAt(text, objectStart.length);
  if (name !== basicBoltWrapper) return name;
  const field = text.indexOf(firstFieldStart);
  return (field === -1 ? null : nameAt(text, field + firstFieldStart.length)) ?? name;
}

/** @returns null when the bytes end before it */
function nameAt(text: Buffer, at: number): string | null {
  const start = at + 2;
  if (text.length < start) return null;
  const length = text.readUInt16BE(at);
  return text.toString('utf8', start, Math.min(text.length, start + length));
}
