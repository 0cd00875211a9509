import { existsSync, readFileSync } from 'node:fs';
import type { Credentials } from '../fabric.ts';

/** Where control keeps the topology's credentials: one JSON object of strings, replaced as a whole. */
export class CredentialsFile {
  readonly #path: string;
  #text = '{}';

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What it says now; null when that is nothing new. There is no file while the topology was never
   * given any.
   * @throws Error when it cannot be read
   */
  readNew(): Credentials | null {
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '{}';
    if (text === this.#text) return null;
    const credentials = new Map(Object.entries(JSON.parse(text) as Record<string, string>));
    this.#text = text;
    return credentials;
  }
}
