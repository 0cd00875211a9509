import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Queue } from '../runtime/native/index.ts';

/** Task ids that a child may have ahead of its emits. */
const toldMax = 64;
const none: readonly never[] = [];

/**
 * The task ids of tuples that a child will emit. It is told them before it asks, so that it need not
 * stop after every emit until we answer. Nobody is told anything before its first emit that wants ids.
 */
export class IdsAhead {
  readonly #foresee: () => readonly number[] | null;
  #isPossible: boolean;
  /** What the child has and has not used. */
  readonly #told = new Queue<readonly number[]>();

  /**
   * @param foresee the targets of one more emit; null when they depend on its values
   * @param isPossible false for a child that may not keep ids that it has not asked for, or that has
   *     several streams to choose from
   */
  constructor(foresee: () => readonly number[] | null, isPossible: boolean) {
    this.#foresee = foresee;
    this.#isPossible = isPossible;
  }

  /** The child has emitted. @returns the targets that it was told; undefined when it was told none */
  use(): readonly number[] | undefined {
    return this.#told.shift();
  }

  /** What the child is to be told now; much at a time, as each message is work for it. */
  more(): readonly (readonly number[])[] {
    if (!this.#isPossible || this.#told.size * 2 > toldMax) return none;
    const more: (readonly number[])[] = [];
    while (this.#told.size < toldMax) {
      const targets = this.#foresee();
      if (targets === null) {
        this.#isPossible = false;
        break;
      }
      more.push(targets);
      this.#told.push(targets);
    }
    return more;
  }

  /** For good: the child has emitted to other streams than the one whose targets it is told. */
  forbid(): void {
    this.#isPossible = false;
  }

  /** Another child takes its place; it is told nothing ahead when this one may have ended over it. */
  onLost(): void {
    if (this.#told.size > 0) this.#isPossible = false;
    this.#told.clear();
  }
}

/** Of Storm's own libraries, those that keep ids nobody has asked for yet; storm.js ends over them. */
const keepers: Readonly<Record<string, string>> = { '.py': 'storm.py', '.rb': 'storm.rb' };

/** Whether a script of this command is sure to keep task ids that come before its emit. */
export function keepsIds(command: readonly string[], folder: string): boolean {
  const library = command.map((word) => keepers[extname(word)]).find((name) => name !== undefined);
  if (library === undefined) return false;
  try {
    const text = readFileSync(join(folder, library), 'utf8');
    return text.includes('pending_taskids') && text.includes('pending_commands');
  } catch {
    return false; // there is none
  }
}
