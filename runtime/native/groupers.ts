import type { Route } from '../../translator/index.ts';
import { deepHash } from './java-hash.ts';
import type { SeededRandom } from './seeded-random.ts';

/**
 * Picks the target tasks of one subscriber of one stream; each executor has its own.
 * @throws Error as a user's grouping does
 */
export type Grouper = (sourceTask: number, values: readonly unknown[]) => readonly number[];

interface GrouperParts {
  readonly random: SeededRandom;
  /** The prepared function of a custom grouping. */
  readonly custom: (route: Route) => Grouper;
}

export function grouperOf(route: Route, { random, custom }: GrouperParts): Grouper {
  const { targetTasks: tasks, choice } = route;
  switch (choice.kind) {
    case 'shuffle':
    case 'local-or-shuffle':
      return shuffle(tasks, random);
    case 'none':
      return () => [tasks[random.below(tasks.length)] as number];
    case 'all':
      return () => tasks;
    case 'global':
      return () => tasks.slice(0, 1);
    case 'direct':
      return () => {
        throw new TypeError(`stream ${route.stream} has a direct subscriber: emit to a task`);
      };
    case 'fields':
      return fields(tasks, choice.indexes);
    case 'custom':
      return custom(route);
    default:
      return assertNever(choice);
  }
}

/** Whether the choice of the tasks is the same whatever the values are. */
export function isBlind({ targetTasks, choice }: Route): boolean {
  switch (choice.kind) {
    case 'direct':
    case 'custom':
      return false;
    case 'fields':
      return targetTasks.length === 1;
    default:
      return true;
  }
}

/** Walks a random permutation and makes a new one each time round: equal shares in each cycle. */
function shuffle(tasks: readonly number[], random: SeededRandom): Grouper {
  // frozen, as user code gets them from emit
  const order = tasks.map((task) => Object.freeze([task]));
  let next = order.length;
  return () => {
    if (next >= order.length) {
      permute(order, random);
      next = 0;
    }
    return order[next++] as readonly number[];
  };
}

function permute(order: (readonly number[])[], random: SeededRandom): void {
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const swapped = order[last] as readonly number[];
    order[last] = order[other] as readonly number[];
    order[other] = swapped;
  }
}

function fields(tasks: readonly number[], indexes: readonly number[]): Grouper {
  if (tasks.length === 1) return () => tasks;
  return (_, values) => {
    const hash = deepHash(indexes.map((index) => values[index]));
    const position = ((hash % tasks.length) + tasks.length) % tasks.length;
    return [tasks[position] as number];
  };
}

function assertNever(choice: never): never {
  throw new TypeError(`not a choice: ${JSON.stringify(choice)}`);
}
