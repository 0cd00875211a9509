import { StormConf } from '../config/storm-conf.ts';
import { InvalidTopologyError } from '../errors.ts';
import type {
  ComponentSpec,
  Implementation,
  InputSpec,
  StreamSpec,
} from '../model/component-spec.ts';
import { type ComponentId, componentId, streamId } from '../model/ids.ts';
import type { StreamGrouping } from '../model/stream-grouping.ts';
import { checkComponent, checkCount, checkPlain } from './checks.ts';
import type { TaskHook } from './context.ts';
import type { Fields } from './fields.ts';
import type {
  ComponentOptions,
  CustomGrouping,
  CustomSubscription,
  ForeignComponent,
  OwnComponent,
} from './native-topology.ts';

/** What the builder has been told so far. */
export interface Draft {
  readonly name: string;
  readonly config: StormConf;
  readonly specs: Map<string, ComponentSpec & { readonly inputs: InputSpec[] }>;
  readonly components: Map<ComponentId, OwnComponent>;
  readonly customGroupings: CustomSubscription[];
  readonly hooks: (() => TaskHook)[];
  readonly consumers: { readonly class: string; readonly 'parallelism.hint': number }[];
  readonly jars: Set<string>;
  readonly resources: Set<string>;
}

/** How tasks are chosen: as anywhere, or by a function of this program. */
export type NativeGrouping =
  | Exclude<StreamGrouping, { readonly kind: 'custom-native' }>
  | { readonly kind: 'custom-native'; readonly choose: CustomGrouping };

export function newDraft(name: string, config: Readonly<Record<string, unknown>>): Draft {
  return {
    name,
    config: StormConf.of(config),
    specs: new Map(),
    components: new Map(),
    customGroupings: [],
    hooks: [],
    consumers: [],
    jars: new Set(),
    resources: new Set(),
  };
}

interface NativeInput {
  readonly source: string;
  readonly stream: string;
  readonly grouping: NativeGrouping;
}

/** @param id of a component that was added */
export function subscribe(
  { specs, customGroupings }: Draft,
  id: string,
  { source: sourceId, stream: streamName, grouping }: NativeInput,
): void {
  const [source, stream] = [componentId(sourceId), streamId(streamName)];
  if (grouping.kind === 'custom-native') {
    const target = componentId(id);
    customGroupings.push({ target, source, stream, grouping: grouping.choose });
    specs.get(id)?.inputs.push({ source, stream, grouping: { kind: 'custom-native' } });
  } else {
    specs.get(id)?.inputs.push({ source, stream, grouping });
  }
}

const consumersKey = 'topology.metrics.consumer.register';

/** Consumers of the configuration, which are Java's, come first. */
export function withConsumers({ config, consumers }: Draft): StormConf {
  if (consumers.length === 0) return config;
  const configured = config.get(consumersKey);
  const others = Array.isArray(configured) ? configured : [];
  return config.with({ [consumersKey]: [...others, ...consumers] });
}

/** @throws InvalidTopologyError when the id is taken, or for what the types would refuse */
export function addComponent(
  draft: Draft,
  id: string,
  component: OwnComponent | ForeignComponent,
  { parallelism = 1, tasks, config = {} }: ComponentOptions,
): void {
  if (draft.specs.has(id)) throw new InvalidTopologyError(`there are two components ${id}`);
  checkComponent(id, component);
  checkCount(`parallelism of ${id}`, parallelism);
  checkCount(`tasks of ${id}`, tasks ?? 1);
  const { streams, config: ownConfig = {} } = component.definition;
  checkPlain(`the config of ${id}`, ownConfig);
  checkPlain(`the config of ${id}`, config);
  const taskCount = tasks === undefined ? {} : { 'topology.tasks': tasks };
  draft.specs.set(id, {
    kind: component.kind,
    id: componentId(id),
    implementation: implementationOf(draft, id, component),
    parallelismHint: parallelism,
    config: StormConf.of({ ...ownConfig, ...config, ...taskCount }),
    streams: new Map(
      Object.entries(streams).map(([name, fields]) => [streamId(name), streamSpec(id, fields)]),
    ),
    inputs: [],
  });
}

function implementationOf(
  draft: Draft,
  id: string,
  component: OwnComponent | ForeignComponent,
): Implementation {
  if (!('implementation' in component)) {
    draft.components.set(componentId(id), component);
    return { kind: 'native' };
  }
  if (component.jar !== null) draft.jars.add(component.jar);
  if (component.resources !== null) draft.resources.add(component.resources);
  return component.implementation;
}

/**
 * Tasks are chosen where a tuple is emitted, so a function of this program must be there too.
 * @throws InvalidTopologyError
 */
export function checkCallable({ components, specs }: Draft, source: string, target: string): void {
  if (components.has(componentId(source)) || !specs.has(source)) return;
  throw new InvalidTopologyError(
    `${target} groups ${source} by a function of this program, but ${source} runs in another one`,
  );
}

/** Direct subscribers are found by their grouping; no stream is declared direct. */
function streamSpec(component: string, fields: Fields): StreamSpec {
  checkPlain(`a stream of ${component}`, fields);
  const names = Object.keys(fields);
  // JavaScript moves such keys to the front, so the values would come in another order.
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (numeric !== undefined) {
    throw new InvalidTopologyError(`${component} has a field ${numeric}: a field is no number`);
  }
  return { fields: names, direct: false };
}
