import { requireFieldCount } from './emitted-values.ts';
import type { Emitter, OutputStream } from './emitter.ts';

/** How an emit says where its tuple goes. */
export interface TargetChoice {
  readonly stream?: string;
  /** Of a direct emit. */
  readonly task?: number;
  /** As `foresee` has said. */
  readonly foreseen?: readonly number[];
  /** A stream that is not declared is no error. */
  readonly orNowhere?: boolean;
}

/** Where the tuples of one task go, those included that it has not emitted yet. */
export class TaskTargets {
  readonly task: number;
  /** The executor's life in which the task was opened. */
  readonly life: number;
  readonly #emitter: Emitter;

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
    return stream.isBlind ? this.#emitter.choose(stream, this.task, [], undefined) : null;
  }

  /**
   * The stream of an emit; null when its tuple goes nowhere because there is none.
   * @throws TypeError for a stream that is not declared where the emit does not allow that
   */
  stream({ stream: name = 'default', orNowhere }: TargetChoice = {}): OutputStream | null {
    return orNowhere === true ? this.#emitter.find(name) : this.#emitter.stream(name);
  }

  /**
   * @throws TypeError when the stream's subscribers do not allow such an emit, or when there are other
   * values than fields: as in Storm only of a tuple that somebody gets
   */
  of(
    stream: OutputStream,
    values: readonly unknown[],
    { task, foreseen }: TargetChoice = {},
  ): readonly number[] {
    const targets = foreseen ?? this.#emitter.choose(stream, this.task, values, task);
    if (targets.length > 0) requireFieldCount(stream, values);
    return targets;
  }
}
