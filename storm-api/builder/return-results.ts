import { unwrap } from '../values/index.ts';
import { type Bolt, bolt } from './component.ts';
import type { DrpcPort } from './drpc-port.ts';
import type { Fields } from './fields.ts';
import { requestIdOf } from './return-info.ts';
import type { Tuple } from './tuple.ts';

/** By position, as in Storm: the result, then the `return-info` of the request. */
interface Answer {
  readonly result: unknown;
  readonly 'return-info': string;
}

type NoStreams = Readonly<Record<never, Fields>>;

/**
 * Answers DRPC requests (Storm's ReturnResults): takes tuples of a result and the `return-info` that
 * came with the request. A result that is no string is told as JSON.
 */
export function returnResults(): Bolt<Answer, NoStreams> {
  return answeringBolt(([result, info], drpc) =>
    drpc.result(requestIdOf(info), resultText(result)),
  );
}

/** Answers by the list of a tuple's values; one that cannot be understood fails. */
export function answeringBolt<Values>(
  answer: (values: readonly unknown[], drpc: DrpcPort) => void,
): Bolt<Values, NoStreams> {
  return bolt<Values, NoStreams>({
    streams: {},
    prepare: ({ drpc }, collector) => ({
      execute: (tuple: Tuple<unknown>) => {
        try {
          answer(tuple.exact, drpc);
          collector.ack(tuple);
        } catch (error) {
          collector.reportError(error);
          collector.fail(tuple);
        }
      },
    }),
  });
}

export function resultText(result: unknown): string {
  if (typeof result === 'string') return result;
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value);
  return JSON.stringify(unwrap(result), text) ?? '';
}
