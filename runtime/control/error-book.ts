import { type ComponentError, componentId } from '../../storm-api/index.ts';
import type { ErrorReport } from '../engines/index.ts';

const errorsMax = 100;
const messageCharactersMax = 8_192;

/** The newest errors of one topology; a flood of them pushes out the oldest. */
export class ErrorBook {
  readonly #host: string;
  #newestFirst: readonly ComponentError[] = [];

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
  }

  get newestFirst(): readonly ComponentError[] {
    return this.#newestFirst;
  }
}
