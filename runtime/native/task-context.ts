import type { TopologyContext } from '../../storm-api/builder/index.ts';
import type { Fabric } from './fabric.ts';

/** What one task may know of the topology. */
export function contextOf(fabric: Fabric, component: string, task: number): TopologyContext {
  const { plan, processors, componentOfTask } = fabric;
  const processor = processors.get(component);
  const config = JSON.parse(processor?.configJson ?? '{}') as Record<string, unknown>;
  return {
    topologyName: plan.topologyName,
    stormId: plan.stormId,
    componentId: component,
    taskId: task,
    taskIndex: processor === undefined ? 0 : task - (processor.tasks[0] ?? task),
    config: new Map(Object.entries(config)),
    tasksOf: (other) => processors.get(other)?.tasks ?? [],
    componentOf: (other) => componentOfTask.get(other) ?? null,
  };
}
