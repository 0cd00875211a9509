import type { NativeTopology } from '../../storm-api/builder/index.ts';
import {
  type ComponentId,
  type ComponentSpec,
  componentId,
  InvalidTopologyError,
} from '../../storm-api/index.ts';

/** A spout or bolt of the test's that runs instead of one of the topology's. */
export interface StandIn {
  readonly kind: 'spout' | 'bolt';
  readonly definition: object;
}

type Components = NativeTopology['components'];
type OwnComponent = Components extends ReadonlyMap<ComponentId, infer Own> ? Own : never;

/**
 * The topology with components of the test's in the place of its own, or of those in Java and other
 * languages, which cannot run in a test's process. The streams stay those of the topology.
 * @throws InvalidTopologyError for one that stands for nothing, or is of another kind
 */
export function withStandIns(
  program: NativeTopology,
  standIns: Iterable<readonly [string, StandIn]>,
): NativeTopology {
  const components = new Map(program.components);
  for (const [id, standIn] of standIns) {
    const spec = program.topology.components.find((each) => each.id === id);
    checkKind(id, spec, standIn);
    components.set(componentId(id), standIn as OwnComponent);
  }
  const specs = program.topology.components.map((spec) =>
    components.has(spec.id) ? { ...spec, implementation: { kind: 'native' } as const } : spec,
  );
  return { ...program, components, topology: { ...program.topology, components: specs } };
}

function checkKind(id: string, spec: ComponentSpec | undefined, { kind }: StandIn): void {
  if (spec === undefined) throw new InvalidTopologyError(`there is no component ${id}`);
  if (spec.kind === kind) return;
  throw new InvalidTopologyError(`${id} is a ${spec.kind}: a ${kind} cannot stand for it`);
}
