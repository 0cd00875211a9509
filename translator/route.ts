import type {
  ComponentId,
  ComponentSpec,
  Generation,
  InputSpec,
  StreamGrouping,
  StreamId,
  StreamSpec,
  Topology,
} from '../storm-api/index.ts';
import type { Route, RouteChoice } from './execution-plan.ts';
import type { TasksByComponent } from './expand-tasks.ts';
import { inHashMapOrder } from './hash-map-order.ts';
import { isPhantom } from './system-topology.ts';

/**
 * One route per subscription of a component that has tasks. Custom groupings stay in the topology;
 * the host that has the jar makes them.
 * @param subscribers the components that run; what the phantoms would subscribe to is nobody's
 * business
 * @param systemTopology validated: the sources, streams and fields that inputs name are in it
 */
export function planRoutes(
  subscribers: readonly ComponentSpec[],
  systemTopology: Topology,
  tasks: TasksByComponent,
): readonly Route[] {
  const components = new Map(systemTopology.components.map((each) => [each.id, each]));
  const subscriptions = collectSubscriptions(subscribers, tasks);
  const { generation } = systemTopology;
  const sources = [...tasks.keys()].filter((id) => !isPhantom(id));
  return sources.flatMap((source) => {
    const streams = [...(components.get(source)?.streams ?? [])];
    return streams
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([stream, spec]) =>
        routesOfStream({ source, stream, spec, subscriptions, tasks, generation }),
      );
  });
}

/** By source, then by subscriber: what the subscriber wants of that source. */
type Subscriptions = ReadonlyMap<ComponentId, ReadonlyMap<ComponentId, readonly InputSpec[]>>;

function collectSubscriptions(
  subscribers: readonly ComponentSpec[],
  tasks: TasksByComponent,
): Subscriptions {
  const bySource = new Map<ComponentId, Map<ComponentId, InputSpec[]>>();
  for (const { id, inputs } of subscribers) {
    if ((tasks.get(id)?.length ?? 0) === 0) continue;
    for (const input of inputs) {
      const ofSource = bySource.get(input.source) ?? new Map<ComponentId, InputSpec[]>();
      bySource.set(input.source, ofSource.set(id, [...(ofSource.get(id) ?? []), input]));
    }
  }
  return bySource;
}

interface Emission {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly spec: StreamSpec;
  readonly subscriptions: Subscriptions;
  readonly tasks: TasksByComponent;
  readonly generation: Generation;
}

function routesOfStream(emission: Emission): Route[] {
  const { source, stream, spec, subscriptions, tasks, generation } = emission;
  const groupings = new Map<ComponentId, StreamGrouping>();
  for (const [subscriber, inputs] of subscriptions.get(source) ?? []) {
    const input = inputs.find((each) => each.stream === stream);
    if (input !== undefined) groupings.set(subscriber, input.grouping);
  }
  return inHashMapOrder([...groupings.keys()].sort(), generation).flatMap((target) => {
    const grouping = groupings.get(target);
    if (grouping === undefined) return [];
    const choice = chooseBy(grouping, spec.fields);
    return [{ source, stream, target, targetTasks: tasks.get(target) ?? [], choice }];
  });
}

function chooseBy(grouping: StreamGrouping, fields: readonly string[]): RouteChoice {
  switch (grouping.kind) {
    case 'fields':
      if (grouping.fields.length === 0) return { kind: 'global' };
      return { kind: 'fields', indexes: grouping.fields.map((field) => fields.indexOf(field)) };
    case 'custom-serialized':
    case 'custom-object':
    case 'custom-native':
      return { kind: 'custom' };
    case 'shuffle':
    case 'local-or-shuffle':
    case 'none':
    case 'all':
    case 'global':
    case 'direct':
      return { kind: grouping.kind };
    default:
      return assertNever(grouping);
  }
}

function assertNever(grouping: never): never {
  throw new TypeError(`not a grouping: ${JSON.stringify(grouping)}`);
}
