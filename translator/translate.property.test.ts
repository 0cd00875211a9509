import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ComponentSpec, StreamGrouping, Topology } from '../storm-api/index.ts';
import { bolt, spout, topologyOf, translateSample } from './topology.fixture.ts';

interface Draft {
  readonly id: string;
  readonly hint: number | null;
  readonly tasks: number | null;
  readonly isSpout: boolean;
  readonly sources: readonly (readonly [number, StreamGrouping])[];
}

const drafts: fc.Arbitrary<Draft[]> = fc.uniqueArray(
  fc.record({
    id: fc.oneof(
      fc.constantFrom('constructor', 'toString', 'valueOf', 'Z', 'a', '0', 'ü'),
      fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/).filter((id) => !id.startsWith('__')),
    ),
    hint: fc.option(fc.integer({ min: 1, max: 9 })),
    tasks: fc.option(fc.integer({ min: 0, max: 20 })),
    isSpout: fc.boolean(),
    sources: fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom<StreamGrouping>(
          { kind: 'shuffle' },
          { kind: 'all' },
          { kind: 'direct' },
          { kind: 'fields', fields: ['word'] },
        ),
      ),
      { maxLength: 3 },
    ),
  }),
  { minLength: 1, maxLength: 8, selector: ({ id }) => id },
);

const topologies: fc.Arbitrary<Topology> = fc
  .record({
    drafts,
    workers: fc.integer({ min: 1, max: 6 }),
    ackers: fc.option(fc.integer({ min: 0, max: 3 })),
  })
  .map(({ drafts, workers, ackers }) =>
    topologyOf(
      drafts.map((draft) => componentOf(draft, drafts)),
      JSON.stringify({ 'topology.workers': workers, 'topology.acker.executors': ackers }),
    ),
  );

function componentOf(draft: Draft, all: readonly Draft[]): ComponentSpec {
  const { id, hint, tasks, isSpout } = draft;
  const config = tasks === null ? '{}' : JSON.stringify({ 'topology.tasks': tasks });
  if (isSpout) return spout(id, { hint, config });
  const inputs = Object.fromEntries(
    draft.sources.map(([choice, grouping]) => [all[choice % all.length]?.id ?? id, grouping]),
  );
  return bolt(id, { hint, config, inputs });
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

it('every task has one processor, numbered without gaps from 1', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const { plan } = translateSample(topology);
      const numbered = plan.processors.flatMap(({ tasks }) => tasks);
      expect(numbered).toEqual(range(1, numbered.length));
    }),
  );
});

it("every task of the user's is in exactly one executor of its component, in an existing worker", () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const { plan } = translateSample(topology);
      for (const { id, kind, tasks } of plan.processors) {
        const executors = plan.executors.filter(({ component }) => component === id);
        const covered = executors.flatMap(({ firstTask, lastTask }) => range(firstTask, lastTask));
        expect(covered).toEqual(kind === 'system' ? [] : tasks);
        const sizes = executors.map(({ firstTask, lastTask }) => lastTask - firstTask);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        expect((sizes[0] ?? 0) - (sizes.at(-1) ?? 0)).toBeLessThanOrEqual(1);
      }
      const used = new Set(plan.executors.map(({ worker }) => worker));
      expect([...used].sort()).toEqual(plan.workers.map(({ index }) => index));
    }),
  );
});

it('every subscription with tasks is one route to all tasks of its target', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const { plan } = translateSample(topology);
      const tasks = new Map(plan.processors.map((each) => [each.id, each.tasks]));
      for (const route of plan.routes) {
        expect(route.targetTasks.length).toBeGreaterThan(0);
        expect(route.targetTasks).toEqual(tasks.get(route.target));
        expect(tasks.has(route.source)).toBe(true);
      }
      const subscriptions = topology.components.flatMap(({ id, inputs }) =>
        (tasks.get(id)?.length ?? 0) === 0
          ? []
          : inputs.map(({ source, stream }) => `${source}/${stream}/${id}`),
      );
      const routes = plan.routes.map(
        ({ source, stream, target }) => `${source}/${stream}/${target}`,
      );
      expect(routes.sort()).toEqual(subscriptions.sort());
    }),
  );
});

it('a translated topology translates to the same plan again', () => {
  fc.assert(
    fc.property(topologies, (topology) => {
      const first = translateSample(topology);
      const second = translateSample(first.topology, first.config.toJson());
      expect(second.plan).toEqual(first.plan);
      expect(JSON.parse(JSON.stringify(first.plan))).toEqual(first.plan);
    }),
  );
});
