import { isInteger, isLosslessNumber, LosslessNumber, parse, stringify } from 'lossless-json';

/**
 * A Storm configuration map, kept as JSON text per key: merging is Storm's shallow putAll, and a
 * value reaches Java exactly as it was written (1 stays a Long, 1.0 a Double, 2^60 whole), which
 * JSON.parse would spoil. Keys live in a Map, so `__proto__` is a key like any other.
 */
export class StormConf {
  static readonly empty = new StormConf(new Map());

  readonly #valueTexts: ReadonlyMap<string, string>;

  private constructor(valueTexts: ReadonlyMap<string, string>) {
    this.#valueTexts = valueTexts;
  }

  /**
   * Of a key that comes twice the last value counts, as in Storm's parser.
   * @throws SyntaxError when the text is not one JSON object
   */
  static fromJson(text: string): StormConf {
    return StormConf.#parse(text, (number) => new LosslessNumber(number));
  }

  /**
   * What a client sent: in Java every integer of it becomes a Long, as in Storm.
   * @throws SyntaxError when the text is not one JSON object, or has an integer that is no Long
   */
  static fromClient(text: string): StormConf {
    return StormConf.#parse(text, parseLong);
  }

  static #parse(text: string, parseNumber: (text: string) => LosslessNumber): StormConf {
    try {
      const members = Object.entries(parseObject(text, parseNumber));
      return new StormConf(new Map(members.map(([key, each]) => [key, stringify(each) ?? 'null'])));
    } catch (error) {
      if (error instanceof RangeError) throw new SyntaxError('the JSON is nested too deeply');
      throw error;
    }
  }

  static of(values: Readonly<Record<string, unknown>>): StormConf {
    return StormConf.empty.with(values);
  }

  /** One JSON object with every value as it came. */
  toJson(): string {
    const members = [...this.#valueTexts].map(([key, text]) => `${JSON.stringify(key)}:${text}`);
    return `{${members.join(',')}}`;
  }

  get size(): number {
    return this.#valueTexts.size;
  }

  keys(): IterableIterator<string> {
    return this.#valueTexts.keys();
  }

  has(key: string): boolean {
    return this.#valueTexts.has(key);
  }

  /** The value's JSON text; undefined when the key is absent. */
  text(key: string): string | undefined {
    return this.#valueTexts.get(key);
  }

  /** The value as JavaScript sees it (numbers beyond 2^53 lose digits); null when absent. */
  get(key: string): unknown {
    const text = this.#valueTexts.get(key);
    return text === undefined ? null : JSON.parse(text);
  }

  /** @throws TypeError when the key holds something else; null when absent or null. */
  number(key: string): number | null {
    return this.#typed(key, 'a number', (value) => typeof value === 'number');
  }

  /** @throws TypeError when the key holds something else; null when absent or null. */
  string(key: string): string | null {
    return this.#typed(key, 'a string', (value) => typeof value === 'string');
  }

  /** @throws TypeError when the key holds something else; null when absent or null. */
  boolean(key: string): boolean | null {
    return this.#typed(key, 'true or false', (value) => typeof value === 'boolean');
  }

  /** @throws TypeError when the key holds something else; null when absent or null. */
  numberList(key: string): readonly number[] | null {
    return this.#typed(
      key,
      'a list of numbers',
      (value) => Array.isArray(value) && value.every((each) => typeof each === 'number'),
    );
  }

  /** @throws TypeError when the key holds something else; null when absent or null. */
  stringList(key: string): readonly string[] | null {
    return this.#typed(
      key,
      'a list of strings',
      (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
    );
  }

  /** Sets keys from plain JSON values. */
  with(values: Readonly<Record<string, unknown>>): StormConf {
    const texts = new Map(this.#valueTexts);
    for (const [key, value] of Object.entries(values)) {
      texts.set(key, JSON.stringify(value ?? null));
    }
    return new StormConf(texts);
  }

  /** Storm's merge: the overlay's values replace ours key by key, lists and maps whole. */
  merge(overlay: StormConf): StormConf {
    return new StormConf(new Map([...this.#valueTexts, ...overlay.#valueTexts]));
  }

  filter(keep: (key: string) => boolean): StormConf {
    return new StormConf(new Map([...this.#valueTexts].filter(([key]) => keep(key))));
  }

  #typed<Value>(key: string, expected: string, isRight: (value: unknown) => boolean): Value | null {
    const value = this.get(key);
    if (value === null) return null;
    if (!isRight(value)) throw new TypeError(`${key} must be ${expected}, not ${this.text(key)}`);
    return value as Value;
  }
}

function parseObject(text: string, parseNumber: (text: string) => LosslessNumber): object {
  const onDuplicateKey = ({ newValue }: { readonly newValue: unknown }) => newValue;
  const value = parse(text, null, { onDuplicateKey, parseNumber });
  const isScalar = typeof value !== 'object' || value === null || isLosslessNumber(value);
  if (isScalar || Array.isArray(value)) {
    throw new SyntaxError('a Storm configuration is a JSON object');
  }
  return value;
}

const longMax = 2n ** 63n - 1n;
const longDigitsMax = 20;

function parseLong(text: string): LosslessNumber {
  if (isInteger(text) && !isLong(text)) throw new SyntaxError(`${text} is beyond 64 bits`);
  return new LosslessNumber(text);
}

function isLong(text: string): boolean {
  if (text.length > longDigitsMax) return false;
  return BigInt(text) <= longMax && BigInt(text) >= -longMax - 1n;
}
