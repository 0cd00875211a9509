import { readJson } from './json-reader.ts';
import type { EmitMessage, ShellMessage } from './message.ts';

/** As JavaScript writes JSON, and as Python does: with a blank behind each colon and comma. */
const tight = spellingOf('');
const wide = spellingOf(' ');

type Spelling = ReturnType<typeof spellingOf>;
type Bytes = Readonly<Uint8Array>;

const sync = { command: 'sync' } as const;
const noAnchors: EmitMessage['anchors'] = [];
/** No double rounds a whole number of so many digits. */
const digitsMax = 15;

const code = {
  newline: 10,
  blank: 32,
  quote: 34,
  zero: 48,
  nine: 57,
  open: 91,
  backslash: 92,
  close: 93,
} as const;

function spellingOf(gap: string) {
  const command = `{"command":${gap}`;
  return {
    sync: Buffer.from(`${command}"sync"}\nend\n`),
    ack: Buffer.from(`${command}"ack",${gap}"id":${gap}"`),
    emit: Buffer.from(`${command}"emit",${gap}`),
    id: Buffer.from(`"id":${gap}`),
    anchors: Buffer.from(`"anchors":${gap}[`),
    values: Buffer.from(`"tuple":${gap}`),
    comma: Buffer.from(`,${gap}`),
  };
}

const endOfText = Buffer.from('"}\nend\n');
const startOfList = Buffer.from('[');
const endOfList = Buffer.from(']');
const endOfMessage = Buffer.from('}\nend\n');

/**
 * Reads what children say most, in the spelling of the libraries that are known, from the bytes of
 * their output: only the values of a tuple become a text, and need a parser. Any other message, and
 * what is none, is left to whoever reads all of JSON.
 */
export class KnownSpellings {
  /** Behind the message that was read last, and the line that ends it. */
  end = 0;
  readonly #bytes: Buffer;
  #spelling: Spelling = tight;
  #anchors = noAnchors;
  #id: unknown = null;

  /** @param bytes that a newline ends: nothing is looked for behind the last one */
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** The message that begins there; null when it is another, whose end is not known then. */
  read(at: number): ShellMessage | null {
    const spelling = this.#bytes[at + '{"command":'.length] === code.blank ? wide : tight;
    this.#spelling = spelling;
    this.end = at;
    if (this.#skips(spelling.emit)) return this.#emit();
    if (this.#skips(spelling.sync)) return sync;
    return this.#skips(spelling.ack) ? this.#ack() : null;
  }

  #ack(): ShellMessage | null {
    const id = this.#number();
    return id === null || !this.#skips(endOfText) ? null : { command: 'ack', id };
  }

  /** One fact before the values, as the library for Python has it, or behind them. */
  #emit(): ShellMessage | null {
    const { values, comma } = this.#spelling;
    this.#anchors = noAnchors;
    this.#id = null;
    if (!this.#skips(values) && !(this.#fact() && this.#skips(comma) && this.#skips(values))) {
      return null;
    }
    const tuple = this.#texts() ?? this.#list();
    if (tuple === null || (this.#skips(comma) && !this.#fact())) return null;
    if (!this.#skips(endOfMessage)) return null;
    const anchors = this.#anchors;
    const id = this.#id;
    return { command: 'emit', tuple, stream: 'default', task: 0, anchors, id, needTaskIds: true };
  }

  /** Texts without escapes, as most tuples are; null for any other list. */
  #texts(): readonly string[] | null {
    const start = this.end;
    if (!this.#skips(startOfList)) return null;
    const texts: string[] = [];
    do {
      const text = this.#text();
      if (text === null) break;
      texts.push(text);
      if (this.#skips(endOfList)) return texts;
    } while (this.#skips(this.#spelling.comma));
    this.end = start;
    return null;
  }

  #list(): readonly unknown[] | null {
    const start = this.end;
    if (!this.#skipsList()) return null;
    try {
      return readJson(this.#bytes.toString('utf8', start, this.end)) as readonly unknown[];
    } catch {
      return null;
    }
  }

  #fact(): boolean {
    if (this.#skips(this.#spelling.anchors)) return this.#anchor();
    if (!this.#skips(this.#spelling.id)) return false;
    this.#id = this.#text() ?? this.#number();
    return this.#id !== null;
  }

  /** One at most. */
  #anchor(): boolean {
    if (this.#skips(endOfList)) return true;
    if (this.#bytes[this.end++] !== code.quote) return false;
    const id = this.#number();
    if (id === null || this.#bytes[this.end++] !== code.quote) return false;
    this.#anchors = [id];
    return this.#skips(endOfList);
  }

  /** A whole number without a sign. */
  #number(): number | null {
    const bytes = this.#bytes;
    const start = this.end;
    let value = 0;
    let at = start;
    for (let byte = bytes[at] as number; isDigit(byte); byte = bytes[at] as number) {
      value = value * 10 + byte - code.zero;
      at += 1;
    }
    this.end = at;
    const digits = at - start;
    const isOdd = digits === 0 || digits > digitsMax || (digits > 1 && bytes[start] === code.zero);
    return isOdd ? null : value;
  }

  /** A text without escapes. */
  #text(): string | null {
    const bytes = this.#bytes;
    const start = this.end + 1;
    if (bytes[start - 1] !== code.quote) return null;
    let at = start;
    for (let byte = bytes[at] as number; byte !== code.quote; byte = bytes[at] as number) {
      if (byte === code.backslash || byte < code.blank) return null;
      at += 1;
    }
    this.end = at + 1;
    return bytes.toString('utf8', start, at);
  }

  /** Behind the list that begins here. False when there is none, or none on this line. */
  #skipsList(): boolean {
    const bytes = this.#bytes;
    let depth = 0;
    let at = this.end;
    if (bytes[at] !== code.open) return false;
    do {
      const byte = bytes[at] as number;
      if (byte === code.newline) return false;
      if (byte === code.quote) at = endOfString(bytes, at);
      else if (byte === code.open) depth += 1;
      else if (byte === code.close) depth -= 1;
      at += 1;
    } while (depth > 0);
    this.end = at;
    return true;
  }

  #skips(expected: Bytes): boolean {
    const bytes = this.#bytes;
    const start = this.end;
    for (let index = 0; index < expected.length; index++) {
      if (bytes[start + index] !== expected[index]) return false;
    }
    this.end = start + expected.length;
    return true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= code.zero && byte <= code.nine;
}

/** The quote that ends the text which begins there, or the newline before it, which none may have. */
function endOfString(bytes: Bytes, start: number): number {
  let at = start + 1;
  for (let byte = bytes[at]; byte !== code.quote; byte = bytes[at]) {
    if (byte === code.newline) return at - 1;
    at += byte === code.backslash ? 2 : 1;
  }
  return at;
}
