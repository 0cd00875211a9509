import { ending } from '../builder/ending.ts';
import type { Awaitable, BoltTask, OutputCollector, Streams, Tuple } from '../builder/index.ts';
import type { Step } from './steps.ts';

/** What the first part of a stage has to work with. */
export interface HeadParts {
  /** All that follows in the same stage. */
  readonly next: Step;
  readonly collector: OutputCollector<Streams>;
  /** A tuple's value: the only field, or of a spout's or bolt's own stream all fields by name. */
  readValue(tuple: Tuple<unknown>): unknown;
}

/** How a stage takes its tuples; makes one task. */
export type Head = (parts: HeadParts) => BoltTask<unknown>;

/** Every tuple by itself. */
export const each: Head = ({ next, collector, readValue }) => ({
  execute: (tuple) => ending(collector, [tuple], () => next(readValue(tuple), tuple)),
});

/** The states of one task by key; a state is kept when what follows took it. */
export function reducing(
  change: (state: unknown, value: unknown, key: unknown) => unknown,
  first: unknown,
): Head {
  return ({ next, collector }) => {
    const states = new Map<unknown, unknown>();
    return {
      execute: (tuple) =>
        ending(collector, [tuple], () => {
          const [key, value] = tuple.list;
          const old = states.has(key) ? states.get(key) : fresh(first);
          const state = change(old, value, key);
          const taken = next({ key, value: state }, tuple);
          states.set(key, state);
          return taken;
        }),
    };
  };
}

function fresh(first: unknown): unknown {
  return typeof first === 'function' ? first() : first;
}

interface OpenWindow {
  readonly key: unknown;
  readonly values: unknown[];
  readonly tuples: Tuple<unknown>[];
}

/** @param count that closes a window; Infinity for windows of time only */
export function windowing(count: number, isKeyed: boolean): Head {
  return ({ next, collector, readValue }) => {
    const open = new Map<unknown, OpenWindow>();
    const close = (window: OpenWindow): Awaitable<void> => {
      const { key, values, tuples } = window;
      open.delete(key);
      return ending(collector, tuples, () => next(isKeyed ? { key, values } : values, tuples));
    };
    return {
      execute: (tuple) => {
        const key = isKeyed ? tuple.list[0] : null;
        const window = open.get(key) ?? { key, values: [], tuples: [] };
        open.set(key, window);
        window.values.push(isKeyed ? tuple.list[1] : readValue(tuple));
        window.tuples.push(tuple);
        if (window.tuples.length >= count) return close(window);
      },
      tick: async () => {
        for (const window of [...open.values()]) await close(window);
      },
    };
  };
}
