import { isPromise } from '../builder/ending.ts';
import type { Awaitable, Tuple } from '../builder/index.ts';

/** The tuple, or the tuples of a window, that a value was made of: what is emitted belongs to them. */
export type Origin = Tuple<unknown> | readonly Tuple<unknown>[];

/** Takes one value on its way through a stage; a promise when something on the way was one. */
export type Step = (value: unknown, origin: Origin) => Awaitable<void>;

/** Makes the step of an operator from the step that follows it. */
export type Operator = (next: Step) => Step;

export function mapping(change: (value: never) => unknown): Operator {
  return (next) => (value, origin) => {
    const changed = change(value as never);
    if (isPromise(changed)) return changed.then((each) => next(each, origin));
    return next(changed, origin);
  };
}

export function filtering(isWanted: (value: never) => Awaitable<boolean>): Operator {
  return (next) => (value, origin) => {
    const wanted = isWanted(value as never);
    const goOn = (is: boolean) => (is ? next(value, origin) : undefined);
    return isPromise(wanted) ? wanted.then(goOn) : goOn(wanted);
  };
}

export function flattening(
  spread: (value: never) => Iterable<unknown> | AsyncIterable<unknown>,
): Operator {
  return (next) => (value, origin) => {
    const parts = spread(value as never);
    if (Symbol.asyncIterator in parts) return eachAsync(parts, (part) => next(part, origin));
    return eachInTurn(parts, (part) => next(part, origin));
  };
}

/** The end of a way: takes values, and nothing follows. */
export function sinking(take: (value: never) => Awaitable<unknown>): Operator {
  return () => (value) => {
    const answer = take(value as never);
    return isPromise(answer) ? answer.then(() => {}) : undefined;
  };
}

/** One step that is all of these, one after the other. */
export function inTurn(steps: readonly Step[]): Step {
  const [only] = steps;
  if (only !== undefined && steps.length === 1) return only;
  return (value, origin) => eachInTurn(steps, (step) => step(value, origin));
}

/** One call after the other; asynchronous from the first that is, so that no item is made too early. */
function eachInTurn<Item>(
  items: Iterable<Item>,
  run: (item: Item) => Awaitable<void>,
): Promise<void> | undefined {
  const iterator = items[Symbol.iterator]();
  const rest = { [Symbol.iterator]: () => iterator };
  let answer: Awaitable<void>;
  try {
    for (let next = iterator.next(); next.done !== true; next = iterator.next()) {
      answer = run(next.value);
      if (isPromise(answer)) return eachAfter(answer, rest, run);
    }
  } catch (error) {
    iterator.return?.();
    throw error;
  }
  return undefined;
}

async function eachAfter<Item>(
  first: Promise<void>,
  rest: Iterable<Item>,
  run: (item: Item) => Awaitable<void>,
) {
  await first;
  for (const item of rest) await run(item);
}

async function eachAsync(items: AsyncIterable<unknown>, run: (item: unknown) => Awaitable<void>) {
  for await (const item of items) await run(item);
}
