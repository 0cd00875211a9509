import {
  type ComponentId,
  type ComponentSpec,
  componentId,
  type Generation,
  type InputSpec,
  InvalidTopologyError,
  type JavaArgument,
  StormConf,
  type StreamId,
  type StreamSpec,
  streamId,
  type Topology,
} from '../storm-api/index.ts';
import { isObject, readInteger, readList } from './read-config.ts';

const acker = componentId('__acker');
const system = componentId('__system');
const ackInit = streamId('__ack_init');
const ackAck = streamId('__ack_ack');
const ackFail = streamId('__ack_fail');
const metrics = streamId('__metrics');
const credentialsChanged = [streamId('__credentials'), stream('creds')] as const;
const tickFrequency = 'topology.tick.tuple.freq.secs';

/**
 * The topology with the components and streams that Storm adds to every one (its system-topology),
 * so that clients see the same graph and tasks get the same numbers. `__acker` is a phantom: it has
 * task ids and names the class Storm would run, but nothing instantiates it. Metrics consumers run,
 * and `__system` runs once in every worker when there is one to hear it.
 * @param topology with its task counts written back
 * @param config the normalised configuration
 * @throws InvalidTopologyError
 */
export function addSystemComponents(topology: Topology, config: StormConf): Topology {
  const withAcker = [...topology.components.map((each) => addAckStreams(each, config))];
  withAcker.push(ackerComponent(topology.components, config));
  const metered = [system, ...withAcker.map(({ id }) => id)];
  const consumers = metricsConsumers(metered, config);
  const all = [...withAcker, ...consumers, systemComponent(topology.generation)];
  return { ...topology, components: all.map(addCommonStreams) };
}

function addAckStreams(component: ComponentSpec, config: StormConf): ComponentSpec {
  if (component.kind === 'bolt') {
    return withStreams(component, [
      [ackAck, stream('id', 'ack-val')],
      [ackFail, stream('id')],
    ]);
  }
  const answers: readonly InputSpec[] = [ackAck, ackFail].map((each) => ({
    source: acker,
    stream: each,
    grouping: { kind: 'direct' },
  }));
  return {
    ...withStreams(component, [[ackInit, stream('id', 'init-val', 'spout-task')]]),
    // Storm's spouts expire messages by ticks, and user code sees this key in `open`.
    config: component.config.with({ [tickFrequency]: messageTimeoutSecs(config) }),
    inputs: [...component.inputs, ...answers],
  };
}

function ackerComponent(components: readonly ComponentSpec[], config: StormConf): ComponentSpec {
  const inputs = components.flatMap(({ id, kind }) =>
    (kind === 'bolt' ? [ackAck, ackFail] : [ackInit]).map(
      (each): InputSpec => ({
        source: id,
        stream: each,
        grouping: { kind: 'fields', fields: ['id'] },
      }),
    ),
  );
  const executors = readInteger(config, 'topology.acker.executors');
  const bolt = systemBolt({
    id: acker,
    className: 'backtype.storm.daemon.acker',
    tasks: executors ?? readInteger(config, 'topology.workers') ?? 1,
    inputs,
    streams: [ackAck, ackFail].map((each) => [each, { fields: ['id'], direct: true }]),
  });
  return { ...bolt, config: bolt.config.with({ [tickFrequency]: messageTimeoutSecs(config) }) };
}

/** Whether nothing runs under this id, though it has tasks and declares streams. */
export function isPhantom(id: ComponentId): boolean {
  return id === acker;
}

/** Whether this is one of the components that `addSystemComponents` adds for metrics consumers. */
export function isMetricsConsumer({ id }: ComponentSpec): boolean {
  return id.startsWith(metrics);
}

/** One `__metrics<class>` per registered consumer, `#2` and so on for repeated classes. */
function metricsConsumers(
  metered: readonly ComponentId[],
  config: StormConf,
): readonly ComponentSpec[] {
  const occurrences = new Map<string, number>();
  const inputs = metered.map(
    (source): InputSpec => ({ source, stream: metrics, grouping: { kind: 'shuffle' } }),
  );
  return readList(config, 'topology.metrics.consumer.register').map((entry) => {
    const { className, tasks } = readConsumer(entry);
    const occurrence = (occurrences.get(className) ?? 0) + 1;
    occurrences.set(className, occurrence);
    const bolt = systemBolt({
      id: componentId(`__metrics${className}${occurrence > 1 ? `#${occurrence}` : ''}`),
      className: 'backtype.storm.metric.MetricsConsumerBolt',
      args: [{ kind: 'string', value: className }],
      tasks,
      inputs,
      streams: [],
    });
    return isNativeConsumer(className) ? { ...bolt, implementation: { kind: 'native' } } : bolt;
  });
}

/** Whether the consumer is a function of a native program, which registers it under such a class. */
function isNativeConsumer(className: string): boolean {
  return className.startsWith('gearstorm:native:');
}

function readConsumer(entry: unknown): { readonly className: string; readonly tasks: number } {
  const { class: className, 'parallelism.hint': hint = null } = isObject(entry) ? entry : {};
  const tasks = hint ?? 1;
  if (typeof className !== 'string' || typeof tasks !== 'number' || !Number.isInteger(tasks)) {
    throw new InvalidTopologyError(
      'topology.metrics.consumer.register wants maps with a "class" and a whole ' +
        `"parallelism.hint", not ${JSON.stringify(entry)}`,
    );
  }
  return { className, tasks };
}

function systemComponent(generation: Generation): ComponentSpec {
  return systemBolt({
    id: system,
    className: 'backtype.storm.metric.SystemBolt',
    tasks: 0,
    inputs: [],
    streams: [
      [streamId('__tick'), stream('rate_secs')],
      [streamId('__metrics_tick'), stream('interval')],
      ...(generation === 'storm-0.9' ? [] : [credentialsChanged]),
    ],
  });
}

function addCommonStreams(component: ComponentSpec): ComponentSpec {
  return withStreams(component, [
    [metrics, stream('task-info', 'data-points')],
    [streamId('__system'), stream('event')],
  ]);
}

interface SystemBolt {
  readonly id: ComponentId;
  readonly className: string;
  readonly args?: readonly JavaArgument[];
  readonly tasks: number;
  readonly inputs: readonly InputSpec[];
  readonly streams: readonly (readonly [StreamId, StreamSpec])[];
}

function systemBolt({ id, className, args = [], tasks, inputs, streams }: SystemBolt) {
  return {
    kind: 'bolt',
    id,
    implementation: { kind: 'java-object', className, args },
    parallelismHint: tasks,
    config: StormConf.of({ 'topology.tasks': tasks }),
    streams: new Map(streams),
    inputs,
  } satisfies ComponentSpec;
}

function withStreams(
  component: ComponentSpec,
  added: readonly (readonly [StreamId, StreamSpec])[],
): ComponentSpec {
  return { ...component, streams: new Map([...component.streams, ...added]) };
}

function stream(...fields: readonly string[]): StreamSpec {
  return { fields, direct: false };
}

function messageTimeoutSecs(config: StormConf): number | null {
  return readInteger(config, 'topology.message.timeout.secs');
}
