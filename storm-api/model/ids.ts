declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** Name of a spout or bolt, unique in its topology. */
export type ComponentId = Branded<string, 'ComponentId'>;
/** Name of one output stream of a component; `default` when the user names none. */
export type StreamId = Branded<string, 'StreamId'>;
/** Number of one component instance, unique in its topology, from 1; `__system` is -1. */
export type TaskId = Branded<number, 'TaskId'>;
/** Storm's topology id: `name-N-epochSeconds` (Nimbus submitTopologyWithOpts). */
export type StormId = Branded<string, 'StormId'>;

/** The stream that `emit` uses when the user names none. */
export const defaultStream = 'default' as StreamId;
/** Prefix that Storm keeps for its own components and streams (Utils.isSystemId). */
export const systemPrefix = '__';

/** Any string is a component id on the wire; whether it may be used is the translator's question. */
export function componentId(text: string): ComponentId {
  return text as ComponentId;
}

/** Any string is a stream id on the wire; whether it may be used is the translator's question. */
export function streamId(text: string): StreamId {
  return text as StreamId;
}

/** @throws RangeError when the number cannot be a task of any topology. */
export function taskId(value: number): TaskId {
  if (!Number.isInteger(value) || value < -1 || value > 0x7fffffff) {
    throw new RangeError(`not a task id: ${value}`);
  }
  return value as TaskId;
}

export function stormId(text: string): StormId {
  return text as StormId;
}
