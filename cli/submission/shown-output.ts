import { relative } from 'node:path';

/** A line that is longer is passed on in pieces. */
const lineCharactersMax = 16 * 1024;

export interface ShownFile {
  /** Where the file lies, under a name of ours. */
  readonly path: string;
  /** What its user calls it. */
  readonly name: string;
}

/** What a program prints, by lines, with its user's name for the file where it prints ours. */
export class ShownOutput {
  readonly #printed: readonly string[];
  readonly #name: string;
  readonly #take: (text: string) => void;
  #begun = '';

  /** @param directory where the program runs, from which it may count the path */
  constructor({ path, name }: ShownFile, directory: string, take: (text: string) => void) {
    this.#printed = [`file://${path}`, path, relative(directory, path)];
    this.#name = name;
    this.#take = take;
  }

  add(text: string): void {
    const all = this.#begun + text;
    const end = all.lastIndexOf('\n') + 1;
    this.#begun = all.slice(end);
    if (end > 0) this.#take(this.#shown(all.slice(0, end)));
    if (this.#begun.length > lineCharactersMax) this.end();
  }

  /** Passes on a line that has no end. */
  end(): void {
    const rest = this.#begun;
    this.#begun = '';
    if (rest !== '') this.#take(this.#shown(rest));
  }

  #shown(text: string): string {
    return this.#printed.reduce((shown, each) => shown.replaceAll(each, () => this.#name), text);
  }
}
