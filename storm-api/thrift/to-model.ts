import { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type {
  ComponentSpec,
  Implementation,
  InputSpec,
  StreamSpec,
} from '../model/component-spec.ts';
import { componentId, type StreamId, streamId } from '../model/ids.ts';
import type { JavaArgument } from '../model/java-argument.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import type { Topology } from '../model/topology.ts';
import { decode } from './decode.ts';
import { ThriftFormatError } from './errors.ts';
import { nativeClassName } from './native-class-name.ts';
import {
  type ComponentCommon,
  type ComponentObject,
  type Grouping,
  type JavaObject,
  type JavaObjectArg,
  StormTopology,
} from './topology-structs.ts';

/** What a topology has beside its Thrift structure. */
export type TopologyFrame = Omit<Topology, 'components'>;

/** Reads what `encodeTopology` wrote. @throws InvalidTopologyError */
export function decodeTopology(bytes: Uint8Array, frame: TopologyFrame): Topology {
  return toModel(decodeStructure(bytes), frame);
}

/** @throws InvalidTopologyError that names the component at fault. */
export function toModel(structure: StormTopology, frame: TopologyFrame): Topology {
  return {
    ...frame,
    components: [
      ...Array.from(structure.spouts, ([id, spout]) =>
        toComponent('spout', id, spout.spout_object, spout.common),
      ),
      ...Array.from(structure.bolts, ([id, bolt]) =>
        toComponent('bolt', id, bolt.bolt_object, bolt.common),
      ),
      ...Array.from(structure.state_spouts, ([id, spout]) =>
        toComponent('state-spout', id, spout.state_spout_object, spout.common),
      ),
    ],
  };
}

function decodeStructure(bytes: Uint8Array): StormTopology {
  try {
    return decode(StormTopology, bytes);
  } catch (cause) {
    if (!(cause instanceof ThriftFormatError)) throw cause;
    throw new InvalidTopologyError(`the topology cannot be read: ${cause.message}`, { cause });
  }
}

function toComponent(
  kind: ComponentSpec['kind'],
  id: string,
  implementation: ComponentObject,
  common: ComponentCommon,
): ComponentSpec {
  return {
    kind,
    id: componentId(id),
    implementation: toImplementation(id, implementation),
    parallelismHint: common.parallelism_hint ?? null,
    config: toConfig(id, common.json_conf),
    streams: toStreams(common),
    inputs: toInputs(common),
  };
}

function toImplementation(id: string, object: ComponentObject): Implementation {
  switch (object.kind) {
    case 'serialized_java':
      return { kind: 'serialized-java', bytes: kept(object.value) };
    case 'java_object':
      if (object.value.full_class_name === nativeClassName) return { kind: 'native' };
      return { kind: 'java-object', ...toJavaObject(object.value) };
    case 'shell': {
      const { execution_command: command, script = '' } = object.value;
      if (command === undefined) {
        throw new InvalidTopologyError(`component ${id} is a shell component without a command`);
      }
      return { kind: 'shell', command, script };
    }
  }
}

function toConfig(id: string, json: string | undefined): StormConf {
  if (json === undefined || json === '') return StormConf.empty;
  try {
    return StormConf.fromClient(json);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidTopologyError(
      `component ${id} has a configuration that is not a JSON object: ${reason}`,
      { cause },
    );
  }
}

function toStreams(common: ComponentCommon): ReadonlyMap<StreamId, StreamSpec> {
  return new Map(
    Array.from(common.streams, ([id, { output_fields: fields, direct }]) => [
      streamId(id),
      { fields, direct },
    ]),
  );
}

function toInputs(common: ComponentCommon): readonly InputSpec[] {
  return Array.from(common.inputs, ([source, grouping]) => ({
    source: componentId(source.componentId),
    stream: streamId(source.streamId),
    grouping: toGrouping(grouping),
  }));
}

function toGrouping(grouping: Grouping): StreamGrouping {
  switch (grouping.kind) {
    case 'fields':
      return grouping.value.length === 0
        ? { kind: 'global' }
        : { kind: 'fields', fields: grouping.value };
    case 'local_or_shuffle':
      return { kind: 'local-or-shuffle' };
    case 'custom_serialized':
      return { kind: 'custom-serialized', bytes: kept(grouping.value) };
    case 'custom_object':
      if (grouping.value.full_class_name === nativeClassName) return { kind: 'custom-native' };
      return { kind: 'custom-object', ...toJavaObject(grouping.value) };
    case 'shuffle':
    case 'all':
    case 'none':
    case 'direct':
      return { kind: grouping.kind };
  }
}

function toJavaObject({ full_class_name: className, args_list: args }: JavaObject) {
  return { className, args: args.map(toArgument) };
}

function toArgument(arg: JavaObjectArg): JavaArgument {
  switch (arg.kind) {
    case 'int_arg':
      return { kind: 'int', value: arg.value };
    case 'long_arg':
      return { kind: 'long', value: arg.value };
    case 'string_arg':
      return { kind: 'string', value: arg.value };
    case 'bool_arg':
      return { kind: 'bool', value: arg.value };
    case 'binary_arg':
      return { kind: 'binary', value: kept(arg.value) };
    case 'double_arg':
      return { kind: 'double', value: arg.value };
  }
}

/** A value of a message is a view of the message's bytes, which do not last as a topology does. */
function kept(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes);
}
