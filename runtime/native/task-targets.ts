import type { Emitter, OutputStream } from './emitter.ts';
import { Queue } from './queue.ts';

/** How an emit says where its tuple goes. */
export interface TargetChoice {
  /** Of a direct emit. */
  readonly task?: number;
  /** As `foresee` has said. */
  readonly foreseen?: boolean;
}

/** Where the tuples of one task go, those included that it has not emitted yet. */
export class TaskTargets {
  readonly task: number;
  /** The executor's life in which the task was opened. */
  readonly life: number;
  readonly #emitter: Emitter;
  readonly #foreseen = new Map<string, Queue<readonly number[]>>();

  constructor(emitter: Emitter, task: number, life: number) {
    this.#emitter = emitter;
    this.task = task;
    this.life = life;
  }

  /**
   * Chooses for a tuple that is to come.
   * @returns null when only its values can tell
   * @throws TypeError for a stream that the component does not declare
   */
  foresee(name: string): readonly number[] | null {
    const stream = this.#emitter.stream(name);
    if (!stream.isBlind) return null;
    const targets = this.#emitter.choose(stream, this.task, [], undefined);
    const queue = this.#foreseen.get(name) ?? new Queue<readonly number[]>();
    this.#foreseen.set(name, queue);
    queue.push(targets);
    return targets;
  }

  /** @throws TypeError when the stream's subscribers do not allow such an emit */
  of(
    stream: OutputStream,
    values: readonly unknown[],
    { task, foreseen }: TargetChoice = {},
  ): readonly number[] {
    if (foreseen !== true) return this.#emitter.choose(stream, this.task, values, task);
    const name = stream.source.stream;
    const targets = this.#foreseen.get(name)?.shift();
    if (targets === undefined) throw new TypeError(`nothing is foreseen for stream ${name}`);
    return targets;
  }
}
