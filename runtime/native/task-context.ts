import type { Subscription, TopologyContext } from '../../storm-api/builder/index.ts';
import type { ExecutorPlan, Route } from '../../translator/index.ts';
import type { Fabric } from './fabric.ts';
import type { TaskHooks } from './task-hooks.ts';
import type { RegisteredMetrics } from './task-metrics.ts';

const timeoutSecsDefault = 30;

/** What belongs to one task beside its code. */
export interface TaskScope {
  readonly task: number;
  readonly executorData: Map<string, unknown>;
  readonly hooks: TaskHooks;
  readonly metrics: RegisteredMetrics;
}

/** What one task may know of the topology. */
export function contextOf(
  fabric: Fabric,
  { component, worker }: ExecutorPlan,
  { task, executorData, hooks, metrics }: TaskScope,
): TopologyContext {
  const { plan, processors, componentOfTask } = fabric;
  const processor = processors.get(component);
  const users = plan.processors.filter(({ kind }) => kind !== 'system');
  const context: TopologyContext = {
    topologyName: plan.topologyName,
    stormId: plan.stormId,
    componentId: component,
    taskId: task,
    taskIndex: processor === undefined ? 0 : task - (processor.tasks[0] ?? task),
    config: configOf(processor?.configJson),
    get credentials() {
      return fabric.credentials;
    },
    get components() {
      return users.map(({ id }) => id);
    },
    get streams() {
      return usersStreams(fabric, component).map(({ id }) => id);
    },
    get sources() {
      return subscriptions(fabric, ({ target }) => target === component);
    },
    get targets() {
      return subscriptions(fabric, ({ source }) => source === component);
    },
    workerPort: plan.workers[worker]?.port ?? 0,
    get workerTasks() {
      const executors = plan.executors.filter((executor) => executor.worker === worker);
      return executors.flatMap(({ firstTask, lastTask }) => range(firstTask, lastTask));
    },
    codeDir: fabric.codeDir,
    get maxMessageTimeoutSecs() {
      return Math.max(...users.map(({ configJson }) => timeoutSecs(configJson)));
    },
    data: new Map(),
    executorData,
    metrics,
    drpc: fabric.drpc,
    addHook: (hook) => hooks.add(hook, context),
    tasksOf: (other) => processors.get(other)?.tasks ?? [],
    componentOf: (other) => componentOfTask.get(other) ?? null,
    fieldsOf: (other, stream = 'default') => {
      const found = processors.get(other)?.streams.find(({ id }) => id === stream);
      if (found !== undefined) return found.fields;
      throw new RangeError(`there is no stream ${stream} of a component ${other}`);
    },
  };
  return context;
}

function configOf(json = '{}'): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(JSON.parse(json) as Record<string, unknown>));
}

function timeoutSecs(configJson: string): number {
  const secs = configOf(configJson).get('topology.message.timeout.secs');
  return typeof secs === 'number' ? secs : timeoutSecsDefault;
}

function usersStreams({ processors }: Fabric, component: string) {
  return (processors.get(component)?.streams ?? []).filter(({ id }) => !id.startsWith('__'));
}

function subscriptions(fabric: Fabric, isWanted: (route: Route) => boolean): Subscription[] {
  return fabric.plan.routes.filter(isWanted).flatMap((route): Subscription[] => {
    const { source, stream, target, choice } = route;
    const declared = usersStreams(fabric, source).find(({ id }) => id === stream);
    if (declared === undefined) return [];
    const indexes = choice.kind === 'fields' ? choice.indexes : [];
    const fields = indexes.map((index) => declared.fields[index] ?? '');
    return [{ source, stream, target, grouping: choice.kind, fields }];
  });
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
