import {
  type ComponentId,
  type DebugOptions,
  debuggingOf,
  eventLogName,
  optionsFor,
  type StatisticsWindow,
  type TopologyDescription,
} from '../../storm-api/index.ts';
import { prettyUptime } from '../uptime.ts';

const maxTextOfError = 200;

/** Which of Storm's answers are given where its versions differ: keys are those of one version. */
export interface Dialect {
  /** As Storm 0.9, not as 0.10 and later. */
  readonly isFirst: boolean;
  readonly logviewerPort: number;
}

/** Keys that Storm's answers have since a later version. */
export function later(dialect: Dialect, keys: object): object {
  return dialect.isFirst ? {} : keys;
}

/** What Storm would begin with, in per cent. */
const samplingPct = 10;

/** Of the very options of a component, or of all (null): not of those that it is under. */
export function debuggingKeys(
  debugging: readonly DebugOptions[],
  component: ComponentId | null,
): object {
  const options = optionsFor(debugging, component);
  return {
    debug: options?.enabled ?? false,
    samplingPct: options?.samplingPercent ?? samplingPct,
  };
}

/** Where the events of a component's first executor are read; null while none are written. */
export function eventLogLink(
  { logviewerPort }: Dialect,
  { id, debugging, executorList }: TopologyDescription,
  component: ComponentId,
): string | null {
  const first = executorList.find((each) => each.component === component);
  if (first === undefined || debuggingOf(debugging, component)?.enabled !== true) return null;
  const file = urlEncoded(`${id}/${first.port}/${eventLogName}`);
  return `http://${first.host}:${logviewerPort}/log?file=${file}`;
}

/** Storm's fractions: text with three decimals, of a number that passed through a float. */
export function floatText(value: number | null): string {
  return value === null ? '0' : Math.fround(value).toFixed(3);
}

/** As Java's URLEncoder, which Storm's links are made by. */
export function urlEncoded(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

export function windowHint(window: string): string {
  return window === ':all-time' ? 'All time' : prettyUptime(Number(window));
}

export const allTime: StatisticsWindow = ':all-time';

export function executorName(firstTask: number, lastTask: number): string {
  return `[${firstTask}-${lastTask}]`;
}

export function beginningOf(error: string): string {
  return error.slice(0, maxTextOfError);
}

/** Where a worker's log is read; Storm makes such a link of nothing too, where there is no error. */
export function workerLogLink(
  { isFirst, logviewerPort }: Dialect,
  topologyId: string,
  { host, port }: { readonly host: string; readonly port: number | '' },
): string {
  const file = isFirst ? `worker-${port}.log` : `${topologyId}-worker-${port}.log`;
  return `http://${host}:${logviewerPort}/log?file=${urlEncoded(file)}`;
}

/** Where the files are listed that profiling left of a worker. */
export function dumpsLink({ logviewerPort }: Dialect, topologyId: string, worker: string): string {
  const [host] = worker.split(':');
  return `http://${host}:${logviewerPort}/dumps/${urlEncoded(topologyId)}/${worker}`;
}

/** Where serve's own log is read. */
export function daemonLogLink({ logviewerPort }: Dialect, host: string): string {
  return `http://${host}:${logviewerPort}/daemonlog?file=nimbus.log`;
}

export function isSystem(id: string): boolean {
  return id.startsWith('__');
}
