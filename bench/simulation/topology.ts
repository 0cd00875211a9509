import {
  type ComponentId,
  type ComponentSpec,
  componentId,
  StormConf,
  streamId,
  type Topology,
} from '../../storm-api/index.ts';

export interface TopologySize {
  readonly components: number;
  readonly tasks: number;
}

const stream = streamId('default');
const fields = ['key', 'value'];
/** One in so many components is a spout. */
const boltsPerSpout = 9;
/** How far back in the list a bolt's sources may stand. */
const reach = 7;

/** A graph of which every bolt has one or two sources among the components shortly before it. */
export function simulatedTopology(name: string, size: TopologySize): Topology {
  const config = StormConf.of({ 'topology.workers': 1, 'topology.acker.executors': 0 });
  const spouts = Math.max(1, Math.floor(size.components / (boltsPerSpout + 1)));
  const ids = Array.from({ length: size.components }, (_, index) =>
    componentId(index < spouts ? `spout-${index + 1}` : `bolt-${index + 1 - spouts}`),
  );
  const components = ids.map((id, index) => {
    const sources = index < spouts ? [] : sourcesOf(index, ids);
    return component(id, sources, parallelismOf(index, size));
  });
  return { name, generation: 'storm-0.9', config, components };
}

/** The tasks are dealt out as evenly as they go. */
function parallelismOf(index: number, { components, tasks }: TopologySize): number {
  return Math.floor(((index + 1) * tasks) / components) - Math.floor((index * tasks) / components);
}

function sourcesOf(index: number, ids: readonly ComponentId[]): readonly ComponentId[] {
  const steps = [1 + ((index * 5) % reach), 1 + ((index * 3) % reach)];
  const places = new Set(steps.map((step) => Math.max(0, index - step)));
  return [...places].flatMap((place) => ids[place] ?? []);
}

function component(
  id: ComponentId,
  sources: readonly ComponentId[],
  parallelismHint: number,
): ComponentSpec {
  return {
    ...{ id, parallelismHint, config: StormConf.empty },
    kind: sources.length === 0 ? 'spout' : 'bolt',
    implementation: { kind: 'java-object', className: 'simulated.Component', args: [] },
    streams: new Map([[stream, { fields, direct: false }]]),
    inputs: sources.map((source) => ({ source, stream, grouping: { kind: 'shuffle' } })),
  };
}
