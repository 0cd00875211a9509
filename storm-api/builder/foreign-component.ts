import { InvalidTopologyError } from '../errors.ts';
import type { Implementation } from '../model/component-spec.ts';
import type { JavaArgument } from '../model/java-argument.ts';
import { Double, Int } from '../values/index.ts';
import type { Field, Fields, Streams, ValuesOf } from './fields.ts';
import { type ShellMetrics, shellMetricsKey, shellMetricsOf } from './shell-metrics.ts';

declare const taken: unique symbol;

/** A component that is not code of this program: a class of a jar, or a program of any language. */
interface Foreign<Declared extends Streams> {
  readonly implementation: Implementation;
  readonly definition: {
    readonly streams: Declared;
    readonly config?: Readonly<Record<string, unknown>>;
  };
  /** Path of the jar that has the class; null when it needs none. */
  readonly jar: string | null;
  /** Path of a folder whose files it finds in its working directory; null when it needs none. */
  readonly resources: string | null;
}

/** A spout in Java or another language, ready to be put into a topology. */
export interface ForeignSpout<Declared extends Streams> extends Foreign<Declared> {
  readonly kind: 'spout';
}

/** A bolt in Java or another language that takes tuples of such values. */
export interface ForeignBolt<Values, Declared extends Streams> extends Foreign<Declared> {
  readonly kind: 'bolt';
  readonly [taken]?: (values: Values) => void;
}

/** An argument of a Java constructor: a whole number is an int or long, as the class wants it. */
export type Argument = string | number | bigint | boolean | Uint8Array | Double | Int;

interface Declaration<Declared extends Streams> {
  /** As the component itself declares them; none when left out. */
  readonly streams?: Declared;
  readonly config?: Readonly<Record<string, unknown>>;
}

export interface JavaSpoutOptions<Declared extends Streams> extends Declaration<Declared> {
  /** Path of the jar that has the class, from where the topology is submitted; Storm's when left out. */
  readonly jar?: string;
  /** Full name of the class. */
  readonly class: string;
  /** Of its constructor. */
  readonly args?: readonly Argument[];
}

/** What a bolt takes, so that subscriptions are checked; any tuple when it is left out. */
interface Taking<Takes extends Fields> {
  readonly takes?: Takes;
}

type NoStreams = Readonly<Record<never, Fields>>;
type AnyFields = Readonly<Record<never, Field<unknown>>>;

/** A spout of a jar. @throws InvalidTopologyError for an argument that no constructor can take */
export function javaSpout<Declared extends Streams = NoStreams>(
  options: JavaSpoutOptions<Declared>,
): ForeignSpout<Declared> {
  return { kind: 'spout', ...javaObject(options) };
}

/** A bolt of a jar. @throws InvalidTopologyError for an argument that no constructor can take */
export function javaBolt<Declared extends Streams = NoStreams, Takes extends Fields = AnyFields>(
  options: JavaSpoutOptions<Declared> & Taking<Takes>,
): ForeignBolt<ValuesOf<Takes>, Declared> {
  return { kind: 'bolt', ...javaObject(options) };
}

export interface ShellOptions<Declared extends Streams> extends Declaration<Declared> {
  /** Path of a folder whose files the program finds in its working directory. */
  readonly resources?: string;
  /** What it may change by the protocol's `metrics`, by name. */
  readonly metrics?: ShellMetrics;
}

/**
 * A program that speaks Storm's multilang protocol.
 * @throws InvalidTopologyError without one, and for metrics of no kind
 */
export function shellSpout<Declared extends Streams = NoStreams>(
  command: readonly string[],
  options: ShellOptions<Declared> = {},
): ForeignSpout<Declared> {
  return { kind: 'spout', ...shell(command, options) };
}

/**
 * A program that speaks Storm's multilang protocol.
 * @throws InvalidTopologyError without one, and for metrics of no kind
 */
export function shellBolt<Declared extends Streams = NoStreams, Takes extends Fields = AnyFields>(
  command: readonly string[],
  options: ShellOptions<Declared> & Taking<Takes> = {},
): ForeignBolt<ValuesOf<Takes>, Declared> {
  return { kind: 'bolt', ...shell(command, options) };
}

function javaObject<Declared extends Streams>(
  options: JavaSpoutOptions<Declared>,
): Foreign<Declared> {
  const { class: className, args = [], jar = null } = options;
  const implementation = { kind: 'java-object', className, args: args.map(javaArgument) } as const;
  return { implementation, definition: definitionOf(options), jar, resources: null };
}

/** Storm's own structure has room for a program and one argument. */
function shell<Declared extends Streams>(
  [command, script = '', ...more]: readonly string[],
  options: ShellOptions<Declared>,
): Foreign<Declared> {
  if (typeof command !== 'string' || typeof script !== 'string' || more.length > 0) {
    throw new InvalidTopologyError('a shell component is a program with one argument at most');
  }
  if (command.trim() === '' || `${command}${script}`.includes('\0')) {
    throw new InvalidTopologyError(
      `${JSON.stringify([command, script])} is no command: a program is named by its file`,
    );
  }
  const implementation = { kind: 'shell', command, script } as const;
  const { resources = null, metrics } = options;
  const { streams, config } = definitionOf(options);
  const named = metrics === undefined ? {} : { [shellMetricsKey]: shellMetricsOf(metrics) };
  const definition = { streams, config: { ...config, ...named } };
  return { implementation, definition, jar: null, resources };
}

function definitionOf<Declared extends Streams>({ streams, config = {} }: Declaration<Declared>) {
  return { streams: streams ?? ({} as Declared), config };
}

function javaArgument(value: Argument): JavaArgument {
  if (value instanceof Uint8Array) return { kind: 'binary', value };
  if (value instanceof Double) return { kind: 'double', value: value.value };
  if (value instanceof Int) return { kind: 'int', value: value.value };
  switch (typeof value) {
    case 'string':
      return { kind: 'string', value };
    case 'boolean':
      return { kind: 'bool', value };
    case 'bigint':
      return { kind: 'long', value };
    case 'number':
      return numberArgument(value);
    default:
      throw new InvalidTopologyError(`no Java constructor can be given a ${typeof value}`);
  }
}

function numberArgument(value: number): JavaArgument {
  if ((value | 0) === value && !Object.is(value, -0)) return { kind: 'int', value };
  return Number.isSafeInteger(value)
    ? { kind: 'long', value: BigInt(value) }
    : { kind: 'double', value };
}
