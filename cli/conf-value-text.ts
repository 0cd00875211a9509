import { isLosslessNumber, parse } from 'lossless-json';

/**
 * A configuration value as `storm localconfvalue` prints it, which is Clojure's println of what the YAML
 * holds: `nil`, plain strings, `[a b]`, `{k v, k2 v2}`.
 *
 * @param json the value's JSON text; undefined when there is no such key
 */
export function confValueText(json: string | undefined): string {
  return json === undefined ? 'nil' : clojureText(parse(json));
}

function clojureText(value: unknown): string {
  if (value === null) return 'nil';
  if (isLosslessNumber(value)) return value.value;
  if (Array.isArray(value)) return `[${value.map(clojureText).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const members = Object.entries(value).map(([key, each]) => `${key} ${clojureText(each)}`);
  return `{${members.join(', ')}}`;
}
