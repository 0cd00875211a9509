import type { StormConf } from '../config/storm-conf.ts';
import type { ComponentSpec, Implementation } from '../model/component-spec.ts';
import type { JavaArgument } from '../model/java-argument.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import type { Topology } from '../model/topology.ts';
import { encode } from './encode.ts';
import { nativeClassName } from './native-class-name.ts';
import {
  type ComponentCommon,
  type ComponentObject,
  type Grouping,
  type JavaObject,
  type JavaObjectArg,
  StormTopology,
} from './topology-structs.ts';

/** The topology's structure in Thrift's binary protocol, unframed: the file that workers read. */
export function encodeTopology(topology: Topology): Buffer {
  return encode(StormTopology, fromModel(topology));
}

/** Name, generation and configuration travel beside the structure, as in Storm's own calls. */
export function fromModel({ components }: Topology): StormTopology {
  const ofKind = (kind: ComponentSpec['kind']) => components.filter((each) => each.kind === kind);
  return {
    spouts: new Map(
      ofKind('spout').map((each) => [
        each.id,
        { spout_object: fromImplementation(each.implementation), common: fromComponent(each) },
      ]),
    ),
    bolts: new Map(
      ofKind('bolt').map((each) => [
        each.id,
        { bolt_object: fromImplementation(each.implementation), common: fromComponent(each) },
      ]),
    ),
    state_spouts: new Map(
      ofKind('state-spout').map((each) => [
        each.id,
        {
          state_spout_object: fromImplementation(each.implementation),
          common: fromComponent(each),
        },
      ]),
    ),
  };
}

function fromComponent(component: ComponentSpec): ComponentCommon {
  const { inputs, streams, parallelismHint, config } = component;
  return {
    inputs: new Map(
      inputs.map(({ source, stream, grouping }) => [
        { componentId: source, streamId: stream },
        fromGrouping(grouping),
      ]),
    ),
    streams: new Map(
      Array.from(streams, ([id, { fields, direct }]) => [id, { output_fields: fields, direct }]),
    ),
    ...(parallelismHint === null ? {} : { parallelism_hint: parallelismHint }),
    ...fromConfig(config),
  };
}

function fromConfig(config: StormConf): Pick<ComponentCommon, 'json_conf'> {
  return config.size === 0 ? {} : { json_conf: config.toJson() };
}

function fromImplementation(implementation: Implementation): ComponentObject {
  switch (implementation.kind) {
    case 'serialized-java':
      return { kind: 'serialized_java', value: implementation.bytes };
    case 'java-object':
      return { kind: 'java_object', value: fromJavaObject(implementation) };
    case 'shell': {
      const { command, script } = implementation;
      return { kind: 'shell', value: { execution_command: command, script } };
    }
    case 'native':
      return { kind: 'java_object', value: { full_class_name: nativeClassName, args_list: [] } };
  }
}

function fromGrouping(grouping: StreamGrouping): Grouping {
  switch (grouping.kind) {
    case 'fields':
      return { kind: 'fields', value: grouping.fields };
    case 'global':
      return { kind: 'fields', value: [] };
    case 'local-or-shuffle':
      return { kind: 'local_or_shuffle', value: {} };
    case 'custom-serialized':
      return { kind: 'custom_serialized', value: grouping.bytes };
    case 'custom-object':
      return { kind: 'custom_object', value: fromJavaObject(grouping) };
    case 'custom-native':
      return { kind: 'custom_object', value: { full_class_name: nativeClassName, args_list: [] } };
    case 'shuffle':
    case 'all':
    case 'none':
    case 'direct':
      return { kind: grouping.kind, value: {} };
  }
}

function fromJavaObject({
  className,
  args,
}: {
  readonly className: string;
  readonly args: readonly JavaArgument[];
}): JavaObject {
  return { full_class_name: className, args_list: args.map(fromArgument) };
}

function fromArgument(argument: JavaArgument): JavaObjectArg {
  switch (argument.kind) {
    case 'int':
      return { kind: 'int_arg', value: argument.value };
    case 'long':
      return { kind: 'long_arg', value: argument.value };
    case 'string':
      return { kind: 'string_arg', value: argument.value };
    case 'bool':
      return { kind: 'bool_arg', value: argument.value };
    case 'binary':
      return { kind: 'binary_arg', value: argument.value };
    case 'double':
      return { kind: 'double_arg', value: argument.value };
  }
}
