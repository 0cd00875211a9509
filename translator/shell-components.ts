import type { ComponentId, ComponentSpec, StormConf, Topology } from '../storm-api/index.ts';
import type { ExecutionPlan, ShellCommand } from './execution-plan.ts';
import { multilangSerializer } from './multilang-serializers.ts';
import type { Parallelism } from './parallelism.ts';
import { placePlan } from './place-plan.ts';
import { readList } from './read-config.ts';

/** The command of a component that was submitted as one (Thrift's ShellComponent); null for any other. */
export function submittedCommand({ implementation }: ComponentSpec): ShellCommand | null {
  if (implementation.kind !== 'shell') return null;
  const { command, script } = implementation;
  return { command: [command, script], environment: {} };
}

/**
 * Whether the native host can run a component that is nothing but a subprocess. Everything of it
 * that is a Java class keeps it in Java: hooks, which are called in its task, a serializer that is not
 * Storm's, and custom groupings of its streams, which choose where tuples are emitted. Metrics consumers
 * are components of their own, which hear of native tasks too.
 */
export function runsNative(id: ComponentId, { components }: Topology, config: StormConf): boolean {
  return (
    config.get('gearstorm.multilang.native') !== false &&
    multilangSerializer(config.get('topology.multilang.serializer')) !== null &&
    readList(config, 'topology.auto.task.hooks').length === 0 &&
    !components.some(({ inputs }) =>
      inputs.some(({ source, grouping }) => source === id && isJava(grouping.kind)),
    )
  );
}

function isJava(kind: string): boolean {
  return kind === 'custom-serialized' || kind === 'custom-object';
}

interface Translated {
  readonly plan: ExecutionPlan;
  readonly topology: Topology;
  readonly config: StormConf;
  readonly parallelism: Parallelism;
}

/**
 * The plan with these components in native workers: Java classes of which the inspection has found
 * that they do nothing but start a subprocess. Those that must stay where they are stay.
 */
export function withShells(
  translation: Translated,
  commands: ReadonlyMap<ComponentId, ShellCommand>,
): ExecutionPlan {
  const { plan, topology, config, parallelism } = translation;
  const processors = plan.processors.map((processor) => {
    const shell = commands.get(processor.id);
    if (shell === undefined || !runsNative(processor.id, topology, config)) return processor;
    return { ...processor, host: 'native' as const, shell };
  });
  return placedAgain({ ...plan, processors }, parallelism);
}

/** On the slots that the plan has. */
function placedAgain(plan: ExecutionPlan, parallelism: Parallelism): ExecutionPlan {
  const slots = [...new Set(plan.workers.map(({ port }) => port))];
  return placePlan(plan, parallelism, slots);
}
