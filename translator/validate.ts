import { ConfigError, readSetting, settings } from '../storm-api/config/index.ts';
import {
  type ComponentId,
  type ComponentSpec,
  type InputSpec,
  InvalidTopologyError,
  type StormConf,
  systemPrefix,
  type Topology,
} from '../storm-api/index.ts';
import { readInteger, readTexts } from './read-config.ts';

const forbiddenInNames = ['/', '.', ':', '\\'];
/** A storm id (name-N-epochSecs) names files: 255 bytes at most, suffixes included. */
const nameBytesMax = 200;

/** Storm's rule for names, and what a file name cannot hold. @throws InvalidTopologyError */
export function validateTopologyName(name: string): void {
  if (forbiddenInNames.some((each) => name.includes(each))) {
    throw new InvalidTopologyError(
      `Topology name cannot contain any of the following: ${forbiddenInNames.join(' ')}`,
    );
  }
  if (name.trim() === '') throw new InvalidTopologyError('Topology name cannot be blank');
  if (/\p{Cc}|\p{Cs}/u.test(name)) {
    throw new InvalidTopologyError('Topology name cannot contain control characters');
  }
  if (Buffer.byteLength(name) > nameBytesMax) {
    throw new InvalidTopologyError(`Topology name cannot be longer than ${nameBytesMax} bytes`);
  }
}

/** What can be judged component by component, as submitted. @throws InvalidTopologyError */
export function validateComponents(topology: Topology): void {
  refuseDuplicateIds(topology.components);
  for (const component of topology.components) {
    refuseSystemIds(component);
    if (component.kind === 'state-spout') {
      throw new InvalidTopologyError(
        `Component: [${component.id}] is a state spout, which no version of Storm runs`,
      );
    }
    if (component.kind === 'spout' && component.inputs.length > 0) {
      throw new InvalidTopologyError(
        `May not declare inputs for a spout: [${component.id}] declares ${component.inputs.length}`,
      );
    }
  }
}

/** @param topology with its task counts written back. @throws InvalidTopologyError */
export function validateParallelism(topology: Topology): void {
  for (const { id, config, parallelismHint } of topology.components) {
    const tasks = readInteger(config, 'topology.tasks') ?? 0;
    if (tasks > 0 && parallelismHint !== null && parallelismHint <= 0) {
      throw new InvalidTopologyError(
        'Number of executors must be greater than 0 when number of tasks is greater than 0: ' +
          `[${id}] has ${parallelismHint} executors and ${tasks} tasks`,
      );
    }
  }
}

/**
 * Every subscription names an existing component, stream and fields.
 * @param topology with Storm's own components and streams, which users may subscribe to
 * @throws InvalidTopologyError
 */
export function validateSubscriptions(topology: Topology): void {
  const components = new Map(topology.components.map((component) => [component.id, component]));
  for (const { id, inputs } of topology.components) {
    for (const input of inputs) validateInput(id, input, components);
  }
}

function refuseDuplicateIds(components: readonly ComponentSpec[]): void {
  const seen = new Set<ComponentId>();
  const repeated = new Set<ComponentId>();
  for (const { id } of components) {
    if (seen.has(id)) repeated.add(id);
    seen.add(id);
  }
  if (repeated.size > 0) {
    throw new InvalidTopologyError(`Duplicate component ids: [${[...repeated].join(', ')}]`);
  }
}

function refuseSystemIds({ id, streams }: ComponentSpec): void {
  if (id.startsWith(systemPrefix)) {
    throw new InvalidTopologyError(`${id} is not a valid component id`);
  }
  for (const stream of streams.keys()) {
    if (stream.startsWith(systemPrefix)) {
      throw new InvalidTopologyError(`${stream} is not a valid stream id`);
    }
  }
}

function validateInput(
  subscriber: ComponentId,
  { source, stream, grouping }: InputSpec,
  components: ReadonlyMap<ComponentId, ComponentSpec>,
): void {
  const component = components.get(source);
  if (component === undefined) {
    throw new InvalidTopologyError(
      `Component: [${subscriber}] subscribes from non-existent component [${source}]`,
    );
  }
  const declared = component.streams.get(stream);
  if (declared === undefined) {
    throw new InvalidTopologyError(
      `Component: [${subscriber}] subscribes from non-existent stream: [${stream}] of component [${source}]`,
    );
  }
  if (grouping.kind !== 'fields') return;
  const absent = grouping.fields.filter((field) => !declared.fields.includes(field));
  if (absent.length > 0) {
    throw new InvalidTopologyError(
      `Component: [${subscriber}] subscribes from stream: [${stream}] of component [${source}] ` +
        `with non-existent fields: [${absent.join(', ')}]`,
    );
  }
}

/** What workers load besides the jar, as Storm's validators want it. @throws InvalidTopologyError */
export function validateClassNames(config: StormConf): void {
  readTexts(config, 'topology.classpath');
  asInvalid(() => config.stringList('topology.auto.task.hooks'));
}

const flowSettings = [
  settings.mailboxTuples,
  settings.mailboxBytes,
  settings.overflowTuples,
  settings.overflowBytesMax,
  settings.linkGraceSecs,
];

/**
 * What bounds the memory of workers is read there, where a wrong value could only end them.
 * @throws InvalidTopologyError
 */
export function validateFlowSettings({ components }: Topology, config: StormConf): void {
  for (const each of [config, ...components.map((component) => component.config)]) {
    for (const setting of flowSettings) {
      asInvalid(() => readSetting(each, setting));
    }
  }
}

/** @throws InvalidTopologyError with the sentence of who read a value of another kind */
function asInvalid(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof TypeError)) throw error;
    throw new InvalidTopologyError(error.message, { cause: error });
  }
}
