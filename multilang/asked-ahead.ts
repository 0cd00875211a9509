import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const questionsMax = 64;
/** More questions than that are asked only of a child that has answered several. */
const provenFrom = 2;
/** So long the questions that were asked ahead may keep an ack from the child. */
const delayMsMax = 10;

/**
 * How many times a spout's child is asked for tuples before it has answered. A child that has nothing
 * to say, or takes its time, is asked once: what it is told meanwhile waits behind the questions that
 * it already has. So is one whose library may take the next question for the task ids it waits for.
 */
export class AskedAhead {
  #questions = 1;
  #isForbidden = false;
  #takesAnyOrder: boolean;

  /** @param takesAnyOrder whether its library is known to keep questions while it reads task ids */
  constructor(takesAnyOrder: boolean) {
    this.#takesAnyOrder = takesAnyOrder;
  }

  get questions(): number {
    return this.#questions;
  }

  /** Whether it may get one question after the other at all. */
  get isAllowed(): boolean {
    return this.#takesAnyOrder && !this.#isForbidden;
  }

  /** It has emitted, and answered, while another question waited for it. */
  get isProven(): boolean {
    return this.#questions > provenFrom;
  }

  /** A child that wants no task ids reads nothing but questions. */
  onEmit(needTaskIds: boolean): void {
    if (!needTaskIds) this.#takesAnyOrder = true;
  }

  /** @param tookMs since the answer before it, or since the question when that came later */
  onAnswer(tookMs: number, emitted: number): void {
    if (!this.isAllowed || emitted === 0) this.#questions = 1;
    else if (tookMs * this.#questions > delayMsMax) {
      this.#questions = Math.max(1, this.#questions >> 1);
    } else if (tookMs * this.#questions * 2 <= delayMsMax) {
      this.#questions = Math.min(this.#questions * 2, questionsMax);
    }
  }

  /** For good: a child ended over several questions. */
  forbid(): void {
    this.#isForbidden = true;
    this.#questions = 1;
  }
}

/** Where Storm's own libraries, and copies that somebody has changed, keep what they did not wait for. */
const queuesOf = {
  'storm.py': 'pending_commands',
  'storm.rb': 'pending_commands',
  'storm.js': 'taskIdsCallbacks',
};

/** Whether the folder has one of Storm's libraries. */
export function hasStormLibrary(folder: string): boolean {
  return Object.entries(queuesOf).some(([name, queue]) => {
    try {
      return readFileSync(join(folder, name), 'utf8').includes(queue);
    } catch {
      return false; // there is none
    }
  });
}
