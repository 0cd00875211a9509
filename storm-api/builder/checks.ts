import { InvalidTopologyError } from '../errors.ts';
import type { Bolt, Spout } from './component.ts';
import type { Streams } from './fields.ts';
import type { ForeignBolt, ForeignSpout } from './foreign-component.ts';

type AnyComponent =
  | Spout<Streams>
  | Bolt<unknown, Streams>
  | ForeignSpout<Streams>
  | ForeignBolt<unknown, Streams>;

/**
 * What the types say already, for programs that have none.
 * @throws InvalidTopologyError for what is no spout or bolt, or has settings that cannot be
 */
export function checkComponent(id: string, component: AnyComponent): void {
  const definition: unknown = component?.definition;
  if (!isObject(definition)) {
    throw new InvalidTopologyError(`${id} is neither what spout() nor what bolt() returns`);
  }
  const maker = component.kind === 'spout' ? 'open' : 'prepare';
  const isForeign = 'implementation' in component;
  if (!isForeign && typeof definition[maker] !== 'function') {
    throw new InvalidTopologyError(`the ${component.kind} ${id} has no function ${maker}`);
  }
  checkPlain(`the streams of ${id}`, definition['streams']);
  checkFunctions(id, definition['drpcFunctions']);
  const { concurrency = 1, tickSecs = 1 } = definition;
  checkCount(`concurrency of ${id}`, concurrency);
  if (typeof tickSecs === 'number' && tickSecs > 0 && Number.isFinite(tickSecs)) return;
  throw new InvalidTopologyError(`tickSecs of ${id} must be seconds above 0, not ${tickSecs}`);
}

function checkFunctions(id: string, functions: unknown = []): void {
  const isName = (value: unknown) => typeof value === 'string' && value !== '';
  if (Array.isArray(functions) && functions.every(isName)) return;
  throw new InvalidTopologyError(`drpcFunctions of ${id} must be a list of names`);
}

/** @throws InvalidTopologyError unless it is a whole number above 0 */
export function checkCount(what: string, value: unknown): void {
  if (Number.isInteger(value) && Number(value) > 0 && Number(value) <= 0x7fffffff) return;
  throw new InvalidTopologyError(`${what} must be a whole number above 0, not ${value}`);
}

/**
 * `{ __proto__: x }` sets a prototype instead of a key, which would be lost without a word.
 * @throws InvalidTopologyError unless it is an object of keys and values alone
 */
export function checkPlain(what: string, value: unknown): void {
  const prototype: unknown = isObject(value) ? Object.getPrototypeOf(value) : undefined;
  if (prototype === null || prototype === Object.prototype) return;
  throw new InvalidTopologyError(
    `${what}: a plain object is wanted, and __proto__ is no name in it`,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
