import { list, map, optional, required, struct, union, unmarked, type ValueOf } from './schema.ts';

/** The topology as clients send it: equal from 0.8 to 2.x but for optional fields that were added. */

const NullStruct = struct('NullStruct', {});

export type GlobalStreamId = ValueOf<typeof GlobalStreamId>;
export const GlobalStreamId = struct('GlobalStreamId', {
  componentId: required(1, 'string'),
  streamId: required(2, 'string'),
});

export type JavaObjectArg = ValueOf<typeof JavaObjectArg>;
export const JavaObjectArg = union('JavaObjectArg', {
  int_arg: unmarked(1, 'i32'),
  long_arg: unmarked(2, 'i64'),
  string_arg: unmarked(3, 'string'),
  bool_arg: unmarked(4, 'bool'),
  binary_arg: unmarked(5, 'binary'),
  double_arg: unmarked(6, 'double'),
});

export type JavaObject = ValueOf<typeof JavaObject>;
export const JavaObject = struct('JavaObject', {
  full_class_name: required(1, 'string'),
  args_list: required(2, list(JavaObjectArg)),
});

export type Grouping = ValueOf<typeof Grouping>;
export const Grouping = union('Grouping', {
  /** Without any field it means the global grouping. */
  fields: unmarked(1, list('string')),
  shuffle: unmarked(2, NullStruct),
  all: unmarked(3, NullStruct),
  none: unmarked(4, NullStruct),
  direct: unmarked(5, NullStruct),
  custom_object: unmarked(6, JavaObject),
  custom_serialized: unmarked(7, 'binary'),
  local_or_shuffle: unmarked(8, NullStruct),
});

const StreamInfo = struct('StreamInfo', {
  output_fields: required(1, list('string')),
  direct: required(2, 'bool'),
});

const ShellComponent = struct('ShellComponent', {
  execution_command: unmarked(1, 'string'),
  script: unmarked(2, 'string'),
});

export type ComponentObject = ValueOf<typeof ComponentObject>;
export const ComponentObject = union('ComponentObject', {
  serialized_java: unmarked(1, 'binary'),
  shell: unmarked(2, ShellComponent),
  java_object: unmarked(3, JavaObject),
});

export type ComponentCommon = ValueOf<typeof ComponentCommon>;
export const ComponentCommon = struct('ComponentCommon', {
  inputs: required(1, map(GlobalStreamId, Grouping)),
  streams: required(2, map('string', StreamInfo)),
  parallelism_hint: optional(3, 'i32'),
  /** One JSON object: the component's own configuration. */
  json_conf: optional(4, 'string'),
});

const SpoutSpec = struct('SpoutSpec', {
  spout_object: required(1, ComponentObject),
  common: required(2, ComponentCommon),
});

const Bolt = struct('Bolt', {
  bolt_object: required(1, ComponentObject),
  common: required(2, ComponentCommon),
});

const StateSpoutSpec = struct('StateSpoutSpec', {
  state_spout_object: required(1, ComponentObject),
  common: required(2, ComponentCommon),
});

export type StormTopology = ValueOf<typeof StormTopology>;
export const StormTopology = struct('StormTopology', {
  spouts: required(1, map('string', SpoutSpec)),
  bolts: required(2, map('string', Bolt)),
  state_spouts: required(3, map('string', StateSpoutSpec)),
});
