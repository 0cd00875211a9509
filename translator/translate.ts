import type { ComponentSpec, StormConf, StormId, Topology } from '../storm-api/index.ts';
import { ownConfig } from './component-config.ts';
import { findCycles } from './cycles.ts';
import type { ExecutionPlan, PlannedStream, Processor, ShellCommand } from './execution-plan.ts';
import { numberTasks, type TasksByComponent } from './expand-tasks.ts';
import { normalizeConfig, writeBackTasks, yamlKeys } from './normalize-config.ts';
import { submittedParallelism } from './parallelism.ts';
import { placePlan } from './place-plan.ts';
import { dealEvenly, type PlacementPolicy } from './placement.ts';
import { planRoutes } from './route.ts';
import { runsNative, submittedCommand } from './shell-components.ts';
import { addSystemComponents, isMetricsConsumer } from './system-topology.ts';
import type { Translation } from './translation.ts';
import {
  validateClassNames,
  validateComponents,
  validateFlowSettings,
  validateParallelism,
  validateSubscriptions,
  validateTopologyName,
} from './validate.ts';

export interface TranslationRequest {
  readonly topology: Topology;
  readonly stormId: StormId;
  /** The cluster's own: defaults.yaml with storm.yaml and the options of `serve` over it. */
  readonly config: StormConf;
  /** Ports of the free slots. */
  readonly slots: readonly number[];
}

/**
 * Turns what a client submitted into a plan. Pure, and stable: translating the resulting topology
 * again gives the same plan.
 * @throws InvalidTopologyError as Storm's Nimbus does
 */
export function translate(
  request: TranslationRequest,
  place: PlacementPolicy = dealEvenly,
): Translation {
  validateTopologyName(request.topology.name);
  validateComponents(request.topology);
  const config = normalizeConfig(request.topology, request.stormId, request.config);
  const topology = writeBackTasks(request.topology, config);
  validateParallelism(topology);
  validateFlowSettings(topology, config);
  validateClassNames(config);
  const systemTopology = addSystemComponents(topology, config);
  validateSubscriptions(systemTopology);

  const tasks = numberTasks(systemTopology);
  const consumers = systemTopology.components.filter(isMetricsConsumer);
  const running = [...topology.components, ...consumers];
  const parallelism = submittedParallelism(running, config);
  const unplaced: ExecutionPlan = {
    planVersion: 2,
    stormId: request.stormId,
    topologyName: topology.name,
    generation: topology.generation,
    yamlKeys: yamlKeys(topology, request.config),
    processors: planProcessors({ topology, systemTopology, config, tasks }),
    executors: [],
    workers: [],
    routes: planRoutes(running, systemTopology, tasks),
  };
  const plan = placePlan(unplaced, parallelism, request.slots, place);
  return { plan, parallelism, topology, systemTopology, config };
}

function hostOf(
  component: ComponentSpec,
  shell: ShellCommand | null,
  isUsers: boolean,
): Processor['host'] {
  if (!isUsers && !isMetricsConsumer(component)) return null;
  return component.implementation.kind === 'native' || shell !== null ? 'native' : 'java';
}

interface ProcessorSources {
  readonly topology: Topology;
  readonly systemTopology: Topology;
  readonly config: StormConf;
  readonly tasks: TasksByComponent;
}

function planProcessors(sources: ProcessorSources): readonly Processor[] {
  const { topology, systemTopology, config, tasks } = sources;
  const components = new Map(systemTopology.components.map((each) => [each.id, each]));
  const userIds = new Set(topology.components.map(({ id }) => id));
  const cycles = findCycles(topology);
  return [...tasks].flatMap(([id, ownTasks]) => {
    const component = components.get(id);
    if (component === undefined) return [];
    const isUsers = userIds.has(id);
    const own = ownConfig(component, topology.generation);
    const shell = runsNative(id, topology, config) ? submittedCommand(component) : null;
    const processor: Processor = {
      id,
      kind: isUsers && component.kind !== 'state-spout' ? component.kind : 'system',
      host: hostOf(component, shell, isUsers),
      tasks: ownTasks,
      streams: [...component.streams]
        .map(([stream, { fields, direct }]): PlannedStream => ({ id: stream, fields, direct }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      configJson: config.merge(own).toJson(),
      ownConfigKeys: [...own.keys()],
      cycle: cycles.get(id) ?? null,
      shell,
    };
    return [processor];
  });
}
