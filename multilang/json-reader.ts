import { Double } from '../storm-api/values/index.ts';

/** Where JSON.parse would lose something: a fraction that may be `.0`, an exponent, digits, a minus zero. */
const needsCare = /\d(?:[.eE]|\d{15})|-0|NaN|Infinity/;
const depthMax = 512;

/**
 * Reads one JSON text without losing what Java tells apart: `1` is a Long and `1.0` a `Double`, whole
 * numbers beyond 2^53 are bigints, and of a key that comes twice the last value counts. NaN and the
 * infinities, which Python writes, are read too.
 * @throws SyntaxError when it is anything else, or nested deeper than 512 levels
 */
export function readJson(text: string): unknown {
  return needsCare.test(text) ? new Reader(text).whole() : JSON.parse(text);
}

const literals: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];
const numberPattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
const blanks = /[ \t\n\r]*/y;

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): unknown {
    const value = this.#value();
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#problem();
    return value;
  }

  #value(): unknown {
    this.#skipBlanks();
    switch (this.#text[this.#at]) {
      case '"':
        return this.#string();
      case '[':
        return this.#nested(() => this.#list());
      case '{':
        return this.#nested(() => this.#object());
      default:
        return this.#scalar();
    }
  }

  #nested(read: () => unknown): unknown {
    this.#depth += 1;
    if (this.#depth > depthMax) throw new SyntaxError(`nested deeper than ${depthMax} levels`);
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #list(): unknown[] {
    const list: unknown[] = [];
    if (this.#takes(']')) return list;
    do list.push(this.#value());
    while (this.#takes(','));
    this.#expect(']');
    return list;
  }

  #object(): object {
    const entries: [string, unknown][] = [];
    if (this.#takes('}')) return {};
    do {
      this.#skipBlanks();
      const key = this.#string();
      this.#expect(':');
      entries.push([key, this.#value()]);
    } while (this.#takes(','));
    this.#expect('}');
    return Object.fromEntries(entries);
  }

  /** The closing quote is found by hand, escapes are left to JSON.parse. */
  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw this.#problem();
    let end = this.#text.indexOf('"', start + 1);
    while (end > 0 && this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    if (end < 0) throw this.#problem();
    this.#at = end + 1;
    return JSON.parse(this.#text.slice(start, end + 1)) as string;
  }

  #isEscaped(quote: number): boolean {
    let first = quote;
    while (this.#text[first - 1] === '\\') first -= 1;
    return (quote - first) % 2 === 1;
  }

  #scalar(): unknown {
    const literal = literals.find(([word]) => this.#text.startsWith(word, this.#at));
    if (literal !== undefined) {
      this.#at += literal[0].length;
      return literal[1];
    }
    numberPattern.lastIndex = this.#at;
    const match = numberPattern.exec(this.#text);
    if (match === null) throw this.#problem();
    this.#at = numberPattern.lastIndex;
    const [digits, fraction, exponent] = match;
    return fraction === undefined && exponent === undefined ? whole(digits) : real(digits);
  }

  #takes(mark: string): boolean {
    this.#skipBlanks();
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  #expect(mark: string): void {
    if (!this.#takes(mark)) throw this.#problem();
  }

  #skipBlanks(): void {
    blanks.lastIndex = this.#at;
    blanks.exec(this.#text);
    this.#at = blanks.lastIndex;
  }

  #problem(): SyntaxError {
    const found = this.#text[this.#at] ?? 'the end';
    return new SyntaxError(`unexpected ${found} at position ${this.#at}`);
  }
}

/** Java has no whole minus zero. @throws SyntaxError beyond 64 bits, which no Long holds */
function whole(digits: string): number | bigint {
  const value = Number(digits);
  if (Number.isSafeInteger(value)) return value === 0 ? 0 : value;
  const exact = BigInt(digits);
  if (BigInt.asIntN(64, exact) === exact) return exact;
  throw new SyntaxError(`${digits} is beyond 64 bits`);
}

function real(digits: string): number | Double {
  const value = Number(digits);
  const isPlain = !Number.isSafeInteger(value) || Object.is(value, -0);
  return isPlain ? value : new Double(value);
}
