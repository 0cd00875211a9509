import { type ComponentError, componentId, type ErrorGroup } from '../../storm-api/index.ts';
import type { ErrorReport } from '../engines/index.ts';

const errorsMax = 100;
const groupsMax = 50;
const messageCharactersMax = 8_192;

/** The newest errors of one topology; a flood of them pushes out the oldest. */
export class ErrorBook {
  readonly #host: string;
  #newestFirst: readonly ComponentError[] = [];
  /** By what its errors have in common, last seen last. */
  readonly #groups = new Map<string, ErrorGroup>();

  constructor(host: string) {
    this.#host = host;
  }

  record({ component, task, port, timeMs, message }: ErrorReport): void {
    const error: ComponentError = {
      component: componentId(component),
      task,
      host: this.#host,
      port,
      timeMs,
      message: message.slice(0, messageCharactersMax),
    };
    this.#newestFirst = [error, ...this.#newestFirst.slice(0, errorsMax - 1)];
    this.#group(error);
  }

  /** Last seen first. */
  get groups(): readonly ErrorGroup[] {
    return [...this.#groups.values()].reverse();
  }

  #group({ timeMs, ...error }: ComponentError): void {
    const key = `${error.component} ${withoutNumbers(error.message)}`;
    const known = this.#groups.get(key);
    this.#groups.delete(key);
    const [oldest] = this.#groups.keys();
    if (oldest !== undefined && this.#groups.size >= groupsMax) this.#groups.delete(oldest);
    this.#groups.set(key, {
      ...error,
      count: (known?.count ?? 0) + 1,
      firstSeenMs: known?.firstSeenMs ?? timeMs,
      lastSeenMs: timeMs,
    });
  }

  get newestFirst(): readonly ComponentError[] {
    return this.#newestFirst;
  }
}

/** Of the first line: what differs in it from one error to the next is mostly numbers. */
function withoutNumbers(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/\d+/g, '0');
}
