import { Double, Int, isLong, isPlainObject, Opaque } from '../storm-api/values/index.ts';

/** A value that JSON has no form for. */
export class NotJsonError extends TypeError {
  override readonly name = 'NotJsonError';
}

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * A tuple's values as a child reads them: a Long has no fraction, a Double has one (`1.0`), and what
 * JSON has no number for (NaN and the infinities) is null, as Storm's JSON writer has it. Other numbers
 * of Java, such as a BigDecimal, have their digits.
 * @throws NotJsonError for bytes, dates and objects of Java, which have no form in JSON
 */
export function jsonText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return isLong(value) ? String(value) : doubleText(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'null';
    case 'object':
      return objectText(value);
    default:
      throw new NotJsonError(`a ${typeof value} has no form in JSON`);
  }
}

function objectText(value: object | null): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return listText(value);
  if (value instanceof Double) return doubleText(value.value);
  if (value instanceof Int) return String(value.value);
  if (value instanceof Map) return membersText([...value].map(([key, each]) => [keyOf(key), each]));
  if (isPlainObject(value)) return membersText(Object.entries(value));
  if (value instanceof Opaque && numberPattern.test(value.digits ?? '')) return String(value);
  throw new NotJsonError(`${classOf(value)} has no form in JSON`);
}

/** Every tuple comes by here. */
function listText(list: readonly unknown[]): string {
  let text = '[';
  for (let index = 0; index < list.length; index++) {
    text += index === 0 ? jsonText(list[index]) : `,${jsonText(list[index])}`;
  }
  return `${text}]`;
}

function membersText(entries: readonly (readonly [string, unknown])[]): string {
  const members = entries.map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`);
  return `{${members.join(',')}}`;
}

/** Keys become strings, as every JSON writer makes them. */
function keyOf(key: unknown): string {
  return typeof key === 'string' ? key : jsonText(key);
}

function doubleText(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return Number.isInteger(value) && !text.includes('e') ? `${text}.0` : text;
}

function classOf(value: object): string {
  if ('className' in value) return `an object of ${String(value.className)}`;
  if (value instanceof Uint8Array) return 'a byte array';
  return `a ${value.constructor.name}`;
}
