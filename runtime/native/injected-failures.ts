import type {
  Bolt,
  BoltTask,
  NativeTopology,
  Streams,
  Tuple,
} from '../../storm-api/builder/index.ts';
import { componentId, InvalidTopologyError } from '../../storm-api/index.ts';
import { SeededRandom } from './seeded-random.ts';

/** Something that goes wrong in a test: a bolt does not get to see certain of its tuples. */
export interface InjectedFailure {
  /** Id of a bolt. */
  readonly component: string;
  /** The tuple fails; the bolt throws, so that its executor begins anew; nobody ever acks the tuple. */
  readonly kind: 'fail' | 'throw' | 'lose';
  /** Which tuples; all of them when left out. */
  readonly when?: (tuple: Tuple) => boolean;
  /** Share of these tuples, from 0 to 1, chosen by the seed; 1 when left out. */
  readonly share?: number;
  /** How often at most; without limit when left out. */
  readonly times?: number;
}

/** @throws InvalidTopologyError for a failure of no bolt */
export function withFailures(
  program: NativeTopology,
  failures: readonly InjectedFailure[],
  seed: number,
): NativeTopology {
  const components = new Map(program.components);
  for (const failure of failures) {
    const id = componentId(failure.component);
    const bolt = components.get(id);
    if (bolt?.kind !== 'bolt') throw new InvalidTopologyError(`there is no bolt ${id}`);
    components.set(id, failing(bolt, failure, new SeededRandom(seed)));
  }
  return { ...program, components };
}

function failing(
  { definition }: Bolt<unknown, Streams>,
  failure: InjectedFailure,
  random: SeededRandom,
): Bolt<unknown, Streams> {
  const { kind, component } = failure;
  const isChosen = chooser(failure, random);
  return {
    kind: 'bolt',
    definition: {
      ...definition,
      prepare: async (context, collector) => {
        const task: BoltTask<unknown> = await definition.prepare(context, collector);
        return {
          execute: (tuple) => {
            if (!isChosen(tuple as Tuple)) return task.execute(tuple);
            if (kind === 'throw') throw new Error(`a failure of ${component} was asked for`);
            if (kind === 'fail') collector.fail(tuple);
          },
          tick: () => task.tick?.(),
          setCredentials: (credentials) => task.setCredentials?.(credentials),
          cleanup: () => task.cleanup?.(),
        };
      },
    },
  };
}

function chooser(
  { when = () => true, share = 1, times = Number.POSITIVE_INFINITY }: InjectedFailure,
  random: SeededRandom,
): (tuple: Tuple) => boolean {
  const precision = 1_000_000;
  let left = times;
  return (tuple) => {
    if (left <= 0 || !when(tuple) || random.below(precision) >= share * precision) return false;
    left -= 1;
    return true;
  };
}
