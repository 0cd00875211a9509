import type { BatchBolt } from './batch-bolt.ts';
import { BatchWork } from './batch-work.ts';
import { type Bolt, bolt } from './component.ts';
import { CoordinatedTask, type Coordination, coordinationStream } from './coordinated-task.ts';
import { field, type Streams } from './fields.ts';

const countFields = { request: field<string>(), tuples: field<number>() };

/** How often requests that nothing is heard of are looked for, unless the bolt has ticks itself. */
const lookSecs = 5;

/**
 * A bolt in the line of a DRPC topology (Storm's CoordinatedBolt). The first value of each of its
 * tuples is the id of the request. It knows when it has all tuples of a request: each task before it
 * tells how many it sent, once that has all of its own.
 */
export function coordinated(
  component: Bolt<unknown, Streams> | BatchBolt<unknown, Streams>,
  coordination: Coordination,
): Bolt<unknown, Streams> {
  const { streams, config = {} } = component.definition;
  const { concurrency = 1, tickSecs = null } =
    component.kind === 'bolt' ? component.definition : {};
  const told = coordination.next === null ? {} : { [coordinationStream]: countFields };
  return bolt<unknown, Streams>({
    streams: { ...streams, ...told },
    config,
    concurrency,
    tickSecs: tickSecs ?? lookSecs,
    prepare: async (context, collector) => {
      const task = new CoordinatedTask({
        ...{ context, collector, coordination, streams },
        ticks: { everySecs: tickSecs ?? lookSecs, areWanted: tickSecs !== null },
      });
      await task.begin((output) =>
        component.kind === 'bolt'
          ? component.definition.prepare(context, output)
          : new BatchWork(component.definition, output, context),
      );
      return task;
    },
  });
}
