import { type Node, parseDocument, type Scalar, visit } from 'yaml';
import { ConfigError } from './errors.ts';
import { StormConf } from './storm-conf.ts';

/** Values that a document may repeat through aliases: a few bytes must not become gigabytes. */
const aliasedValuesMax = 1000;

const coreTags = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/** JSON text of a number that JavaScript would write differently. */
class NumberText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Reads a YAML 1.1 map the way Storm's SnakeYAML does: `yes` is true, `010` is eight, integers of
 * any size stay integers, 1.0 stays a decimal, and of repeated keys the last counts. Tags that
 * make objects are refused.
 * @param name of the file, for errors
 * @throws ConfigError with line and column
 */
export function parseYaml(text: string, name: string): StormConf {
  try {
    const value = readDocument(text);
    if (value === null) return StormConf.empty;
    if (!(value instanceof Map)) throw new ConfigError('a configuration is a map of keys');
    return StormConf.fromJson(toJson(value));
  } catch (error) {
    throw new ConfigError(`${name}: ${reasonOf(error)}`, { cause: error });
  }
}

function readDocument(text: string): unknown {
  const document = parseDocument(text, { version: '1.1', intAsBigInt: true, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) throw new ConfigError(firstLine(error.message));
  visit(document, {
    Collection(_, node) {
      refuseForeignTag(node, text);
    },
    Scalar(_, node) {
      refuseForeignTag(node, text);
      node.value = settle(node, text);
    },
  });
  return document.toJS({ mapAsMap: true, maxAliasCount: aliasedValuesMax });
}

function refuseForeignTag(node: Node, text: string): void {
  if (node.tag !== undefined && !coreTags.has(node.tag)) {
    throw new ConfigError(`the tag ${node.tag} at line ${lineOf(node, text)} is not allowed`);
  }
}

/** What the scalar means to Storm, where that differs from what the parser made of it. */
function settle(scalar: Scalar, text: string): unknown {
  const { value, source } = scalar;
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return new NumberText(asDouble(value));
    throw new ConfigError(`${source} at line ${lineOf(scalar, text)} is not a finite number`);
  }
  if (value instanceof Date) return source;
  if (typeof value === 'boolean' && /^[yn]$/i.test(source ?? '')) return source;
  return value;
}

/** So written that Java reads a double again, also when there is no fraction. */
function asDouble(value: number): string {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function toJson(value: unknown): string {
  if (value instanceof NumberText) return value.text;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(toJson).join(',')}]`;
  if (value instanceof Map) {
    const members = [...value].map(([key, each]) => `${keyToJson(key)}:${toJson(each)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** Keys of other types are written as JSON would have to: as text. */
function keyToJson(key: unknown): string {
  return JSON.stringify(typeof key === 'string' ? key : toJson(key));
}

function lineOf(node: Node, text: string): number {
  return text.slice(0, node.range?.[0] ?? 0).split('\n').length;
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // The parser, and our own recursion, have no other limit than the stack.
  return message.includes('call stack') ? 'it is nested too deeply' : message;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]?.replace(/:$/, '') ?? '';
}
