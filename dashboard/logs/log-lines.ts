import type { LogFacts } from './log-answers.ts';

/**
 * Time, logger, thread, level, as in the logs of Storm's workers; 0.9 tells no thread. What user code
 * prints has none of them, nor has what follows a message's first line.
 */
const message =
  /^(\d{4}-\d\d-\d\d[T ]\d\d:\S+) (\S+) (?:(.+?) )?\[(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\] /;
/** An executor's thread as Storm names it: after its component, with its first and last task. */
const executor = /^(?:Thread-\d+-)?(.+)-executor\[(\d+) (\d+)\]$/;

const nothing: LogFacts = { time: null, level: null, logger: null, component: null, task: null };

/** What a line says of itself. */
export function factsOf(line: string): LogFacts {
  const [isMessage, time = null, logger = null, thread = '', level = null] =
    message.exec(line) ?? [];
  if (isMessage === undefined) return nothing;
  const [, component = null, first, last] = executor.exec(thread) ?? [];
  const task = first !== undefined && first === last ? Number(first) : null;
  return { time, level, logger, component, task };
}

/** Tells of the lines of one log that come one after another. */
export class LineFacts {
  #last = nothing;

  /** What is no message belongs to the component of the one before it, such as its stack. */
  of(line: string): LogFacts {
    const facts = factsOf(line);
    if (facts.time !== null) this.#last = facts;
    const { component, task } = this.#last;
    return facts.time === null ? { ...nothing, component, task } : facts;
  }
}
