/** A message begins with its time; what user code prints has none, nor has what follows a message's first line. */
const time = /^\d{4}-\d\d-\d\d[T ]\S+ /;
/** Time, logger, an executor's thread as Storm names it, level. */
const executor = /^\S+(?: [\d:.]+)? \S+ (?:Thread-\d+-)?([^[]+)-executor\[\d+ \d+\] \[[A-Z]+\] /;

export interface LogLine {
  readonly port: number;
  readonly line: string;
}

/** The component whose thread wrote a line; null: another thread, or nothing is said of it. */
export function componentOf(line: string): string | null {
  return time.test(line) ? (executor.exec(line)?.[1] ?? null) : null;
}

/** Tells of which component lines are that come one after another, those with stacks too. */
export class LineComponents {
  readonly #last = new Map<number, string | null>();

  /** A line without a time belongs to the message before it in the same log. */
  of({ port, line }: LogLine): string | null {
    if (time.test(line)) this.#last.set(port, componentOf(line));
    return this.#last.get(port) ?? null;
  }
}
