import { type ComponentError, componentId, type ErrorGroup } from '../../storm-api/index.ts';
import type { ErrorReport } from '../engines/index.ts';
import { NewestOfEach } from './newest-of-each.ts';

const errorLimits = { ofEach: 10, together: 100 };
const groupLimits = { ofEach: 10, together: 50 };
const messageCharactersMax = 8_192;

/** As a book is kept; newest first. */
interface KeptErrors {
  readonly errors: readonly ComponentError[];
  readonly groups: readonly ErrorGroup[];
}

/** The newest errors of each component of one topology; a flood of one's errors leaves the others'. */
export class ErrorBook {
  readonly #host: string;
  readonly #errors = new NewestOfEach<ComponentError, ComponentError>(errorLimits);
  /** By what its errors have in common. */
  readonly #groups = new NewestOfEach<string, ErrorGroup>(groupLimits);
  #changed = false;

  private constructor(host: string) {
    this.#host = host;
  }

  /** @param host of the errors to come */
  static empty(host: string): ErrorBook {
    return new ErrorBook(host);
  }

  /** The book that `takeChanges` gave this text for. @throws SyntaxError or TypeError for any other */
  static parse(text: string, host: string): ErrorBook {
    const { errors, groups } = JSON.parse(text) as KeptErrors;
    if (!errors.every(isError) || !groups.every(isGroup)) {
      throw new SyntaxError('these are no errors of components');
    }
    const book = new ErrorBook(host);
    for (const error of [...errors].reverse()) book.#errors.put(error.component, error, error);
    for (const group of [...groups].reverse()) {
      book.#groups.put(group.component, withoutNumbers(group.message), group);
    }
    return book;
  }

  /** The whole book as JSON, if anything was recorded since the last call; else null. */
  takeChanges(): string | null {
    if (!this.#changed) return null;
    this.#changed = false;
    const kept: KeptErrors = { errors: this.newestFirst, groups: this.groups };
    return JSON.stringify(kept);
  }

  record({ component, task, port, timeMs, message }: ErrorReport): void {
    this.#changed = true;
    const error: ComponentError = {
      component: componentId(component),
      task,
      host: this.#host,
      port,
      timeMs,
      message: message.slice(0, messageCharactersMax),
    };
    this.#errors.put(component, error, error);
    this.#group(error);
  }

  get newestFirst(): readonly ComponentError[] {
    return this.#errors.newestFirst;
  }

  /** Last seen first. */
  get groups(): readonly ErrorGroup[] {
    return this.#groups.newestFirst;
  }

  #group({ timeMs, ...error }: ComponentError): void {
    const key = withoutNumbers(error.message);
    const known = this.#groups.get(error.component, key);
    this.#groups.put(error.component, key, {
      ...error,
      count: (known?.count ?? 0) + 1,
      firstSeenMs: known?.firstSeenMs ?? timeMs,
      lastSeenMs: timeMs,
    });
  }
}

/** Of the first line: what differs in it from one error to the next is mostly numbers. */
function withoutNumbers(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/\d+/g, '0');
}

function isError(each: ComponentError): boolean {
  return isPlaced(each) && typeof each.timeMs === 'number';
}

function isGroup(each: ErrorGroup): boolean {
  const { count, firstSeenMs, lastSeenMs } = each;
  return isPlaced(each) && [count, firstSeenMs, lastSeenMs].every((it) => typeof it === 'number');
}

function isPlaced({ component, task, host, port, message }: ErrorGroup | ComponentError): boolean {
  const isText = [component, host, message].every((each) => typeof each === 'string');
  return isText && typeof port === 'number' && (task === null || typeof task === 'number');
}
