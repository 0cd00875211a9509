import { conditions, type Load, ratesOf, type SolOptions, sol } from './message-passing.ts';
import { type Comparison, type Outcome, outcomesOf } from './outcome.ts';

const microsecondsPerSecond = 1e6;
const base = { executors: 4, workers: 1, pendingMax: 1000 };

/** One thing changes at a time; the first list has the base itself. */
const loads: readonly Load[] = [
  ...[1, 4, 16, 48].map((executors) => point('executors', executors, { ...base, executors })),
  ...[2, 4].map((workers) => point('workers', workers, { ...base, workers })),
  ...[10, 100, 10_000].map((pendingMax) => point('pending', pendingMax, { ...base, pendingMax })),
];

const quickNames = ['scaling-executors-4', 'scaling-executors-48', 'scaling-workers-2'];

/** Processor time that one acked tuple of a chain of three levels costs, as the topology grows. */
export const scaling: Comparison = {
  name: 'scaling',
  about: 'cost of a tuple as executors, workers and pending trees grow',
  minutes: { quick: 4, full: 28 },
  peers: ['2.8.3'],
  async run(sides, quick) {
    const outcomes: Outcome[] = [];
    for (const load of loads.filter(({ name }) => !quick || quickNames.includes(name))) {
      const samples = await ratesOf(load, sides, quick ? 1 : 2, quick);
      outcomes.push(
        ...outcomesOf(samples, {
          name: load.name,
          unit: 'microseconds of processor time per tuple',
          better: 'less',
          config: conditions(load, samples, quick),
          of: (rate) => microsecondsPerSecond / rate.perCpuSecond,
        }),
      );
    }
    return outcomes;
  },
};

function point(what: string, value: number, options: SolOptions): Load {
  return sol(`scaling-${what}-${value}`, options);
}
