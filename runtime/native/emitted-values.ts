import { problemOf } from '../../storm-api/values/index.ts';
import type { OutputStream } from './emitter.ts';

/**
 * The values of an emit in the order of the stream's fields.
 * @throws TypeError when one of the fields is missing or there are others, or when a value could not
 * cross to another process; refused even where it need not, so that no topology depends on placement
 */
export function listOf({ source }: OutputStream, values: object): readonly unknown[] {
  const { component, stream, fields } = source;
  const named = values as Readonly<Record<string, unknown>>;
  const list = fields.map((field) => {
    if (!Object.hasOwn(named, field)) {
      throw new TypeError(`${component} emits to stream ${stream} without its field ${field}`);
    }
    const value = named[field];
    const problem = problemOf(value);
    if (problem === null) return value;
    throw new TypeError(
      `${component} emits to stream ${stream} a field ${field} that cannot cross to another process: ${problem}`,
    );
  });
  const names = Object.keys(values);
  if (names.length > fields.length) {
    const extra = names.find((name) => !fields.includes(name));
    throw new TypeError(`stream ${stream} of ${component} has no field ${extra}`);
  }
  return list;
}
