import type { ComponentError, ComponentId } from '../../storm-api/index.ts';
import { beginningOf, type Dialect, later, workerLogLink } from './format.ts';

const noError = { host: '', port: '' } as const;

/** What a row of the topology's page says of a component's newest error. */
export function lastErrorOf(
  errors: readonly ComponentError[],
  component: ComponentId,
  { dialect, topologyId, nowMs }: ErrorPlace,
): object {
  const error = errors.find((each) => each.component === component);
  const { host, port } = error ?? noError;
  return {
    errorHost: host,
    errorPort: port,
    errorWorkerLogLink: workerLogLink(dialect, topologyId, { host, port }),
    errorLapsedSecs: error === undefined ? null : lapsedSecs(error, nowMs),
    lastError: error === undefined ? '' : beginningOf(error.message),
    ...later(dialect, { errorTime: error === undefined ? null : secsOf(error) }),
  };
}

export interface ErrorPlace {
  readonly dialect: Dialect;
  readonly topologyId: string;
  readonly nowMs: number;
}

/** A component's errors on its page; `time` is in milliseconds, the later `errorTime` in seconds. */
export function componentErrors(
  errors: readonly ComponentError[],
  component: string,
  { dialect, topologyId, nowMs }: ErrorPlace,
): readonly object[] {
  return errors
    .filter((each) => each.component === component)
    .map((each) => ({
      time: 1000 * secsOf(each),
      ...later(dialect, { errorTime: secsOf(each) }),
      errorHost: each.host,
      errorPort: each.port,
      errorWorkerLogLink: workerLogLink(dialect, topologyId, each),
      errorLapsedSecs: lapsedSecs(each, nowMs),
      error: each.message,
    }));
}

function lapsedSecs(error: ComponentError, nowMs: number): number {
  return Math.floor(nowMs / 1000) - secsOf(error);
}

function secsOf({ timeMs }: ComponentError): number {
  return Math.floor(timeMs / 1000);
}
