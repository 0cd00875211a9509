import type { StormConf } from './config/storm-conf.ts';
import type { ComponentId } from './model/ids.ts';
import type { Topology } from './model/topology.ts';

/**
 * What components ask for. Clients and pages are told, as from Storm's default scheduler; executors
 * are placed by slots alone.
 */
export interface Resources {
  /** In megabytes, as the next. */
  readonly onHeapMb: number;
  readonly offHeapMb: number;
  /** 100 is one processor. */
  readonly cpuPercent: number;
}

export interface TopologyResources {
  /** Of every executor that is wanted. */
  readonly requested: Resources;
  /** Of those that have a slot. */
  readonly assigned: Resources;
}

/** What a supervisor says that it has. */
export interface SupervisorCapacity {
  readonly memoryMb: number;
  readonly cpuPercent: number;
}

/** Since Storm 2 resources have names; before they were told by the keys of the configuration. */
interface Amount {
  readonly name: string;
  readonly key: string;
  /** Of Storm's defaults.yaml. */
  readonly fallback: number;
}

const amounts = {
  onHeapMb: {
    name: 'onheap.memory.mb',
    key: 'topology.component.resources.onheap.memory.mb',
    fallback: 128,
  },
  offHeapMb: {
    name: 'offheap.memory.mb',
    key: 'topology.component.resources.offheap.memory.mb',
    fallback: 0,
  },
  cpuPercent: {
    name: 'cpu.pcore.percent',
    key: 'topology.component.cpu.pcore.percent',
    fallback: 10,
  },
} as const satisfies Record<keyof Resources, Amount>;

export const noResources: Resources = { onHeapMb: 0, offHeapMb: 0, cpuPercent: 0 };

/**
 * What each executor of a component asks for: the component's own configuration counts before the
 * topology's, and in each the map of resources before the single keys (Storm's
 * NormalizedResourceRequest).
 */
export function executorResources(component: StormConf, topology: StormConf): Resources {
  const amountOf = (amount: Amount) =>
    amountIn(component, amount) ?? amountIn(topology, amount) ?? amount.fallback;
  return {
    onHeapMb: amountOf(amounts.onHeapMb),
    offHeapMb: amountOf(amounts.offHeapMb),
    cpuPercent: amountOf(amounts.cpuPercent),
  };
}

function amountIn(config: StormConf, { name, key }: Amount): number | null {
  const map: unknown = config.get('topology.component.resources.map');
  const inMap = new Map(typeof map === 'object' && map !== null ? Object.entries(map) : []);
  const values: readonly unknown[] = [inMap.get(name), inMap.get(key), config.get(key)];
  return values.find((value) => typeof value === 'number') ?? null;
}

/** Of the heap and beside it. */
export function totalMb({ onHeapMb, offHeapMb }: Resources): number {
  return onHeapMb + offHeapMb;
}

/** What some executors of a topology ask for. */
export function resourcesOf(
  executors: readonly { readonly component: ComponentId }[],
  { systemTopology, config }: { readonly systemTopology: Topology; readonly config: StormConf },
): Resources {
  const wanted = new Set(executors.map(({ component }) => component));
  const components = systemTopology.components.filter(({ id }) => wanted.has(id));
  const own = new Map(components.map((each) => [each.id, executorResources(each.config, config)]));
  return sumOfResources(executors.map(({ component }) => own.get(component) ?? noResources));
}

export function sumOfResources(all: Iterable<Resources>): Resources {
  let { onHeapMb, offHeapMb, cpuPercent } = noResources;
  for (const each of all) {
    onHeapMb += each.onHeapMb;
    offHeapMb += each.offHeapMb;
    cpuPercent += each.cpuPercent;
  }
  return { onHeapMb, offHeapMb, cpuPercent };
}

/** Under the names of Storm 2 and of Storm 1: whoever reads them knows one kind. */
export function resourcesByName(resources: Resources): ReadonlyMap<string, number> {
  const { onHeapMb, offHeapMb, cpuPercent } = amounts;
  return new Map([
    ...named(onHeapMb, resources.onHeapMb),
    ...named(offHeapMb, resources.offHeapMb),
    ...named(cpuPercent, resources.cpuPercent),
  ]);
}

function named({ name, key }: Amount, value: number): [string, number][] {
  return [
    [name, value],
    [key, value],
  ];
}
