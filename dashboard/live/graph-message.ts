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

/** The class that a serialized object is of; null when it does not begin as one. Nothing is deserialized. */
export function serializedClass(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = objectStart.length + 2;
  if (text.length < nameAt || !text.subarray(0, objectStart.length).equals(objectStart))
    return null;
  const length = text.readUInt16BE(objectStart.length);
  return text.toString('utf8', nameAt, Math.min(text.length, nameAt + length));
}
