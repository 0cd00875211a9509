import { StringDecoder } from 'node:string_decoder';

const lineCharsMax = 4_000;
/** A stack of Node or Ruby has what happened above it. */
const linesKept = 40;
const keptCharsMax = 1_000;
const linesPerSecondMax = 500;

/** A child's stderr by lines, no more of them in a second than a log can bear. */
export class StderrLog {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  readonly #last: string[] = [];
  #half = '';
  #second = 0;
  #linesInSecond = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  /** Ends a sentence with what the child said last; empty when it said nothing. */
  get lastWords(): string {
    const lines = [...this.#last, this.#half.slice(-keptCharsMax)].filter((line) => line !== '');
    return lines.length === 0 ? '' : `; its last words: ${lines.join('\n')}`;
  }

  push(chunk: Buffer): void {
    const lines = (this.#half + this.#decoder.write(chunk)).split('\n');
    this.#half = (lines.pop() ?? '').slice(-lineCharsMax);
    for (const line of lines) this.#line(line.slice(0, lineCharsMax));
  }

  /** Nothing follows: what came without a newline is the last line. */
  end(): void {
    const last = this.#half + this.#decoder.end();
    this.#half = '';
    if (last !== '') this.#line(last.slice(0, lineCharsMax));
  }

  #line(line: string): void {
    this.#last.push(line.slice(0, keptCharsMax));
    if (this.#last.length > linesKept) this.#last.shift();
    const second = Math.floor(performance.now() / 1000);
    this.#linesInSecond = second === this.#second ? this.#linesInSecond + 1 : 1;
    this.#second = second;
    if (this.#linesInSecond <= linesPerSecondMax) this.#onLine(line);
    else if (this.#linesInSecond === linesPerSecondMax + 1)
      this.#onLine('… (too much to be logged)');
  }
}
