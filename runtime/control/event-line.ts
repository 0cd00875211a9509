import type { ComponentId, PeekedTuple } from '../../storm-api/index.ts';

const dateParts = new Intl.DateTimeFormat('en-US', {
  ...{ weekday: 'short', month: 'short', day: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  timeZoneName: 'short',
});

/**
 * As a line of Storm's event log: time, component, task, message id, values. The message id is left
 * empty, as Storm leaves it for all that bolts emit.
 */
export function eventLine(component: ComponentId, { task, timeMs, values }: PeekedTuple): string {
  return `${javaDate(timeMs)},${component},${task},,${javaText(values)}\n`;
}

/** As Java's `Date.toString`. */
function javaDate(timeMs: number): string {
  const parts = new Map(dateParts.formatToParts(timeMs).map(({ type, value }) => [type, value]));
  const of = (...names: readonly Intl.DateTimeFormatPartTypes[]) =>
    names.map((name) => parts.get(name));
  const time = of('hour', 'minute', 'second').join(':');
  return [...of('weekday', 'month', 'day'), time, ...of('timeZoneName', 'year')].join(' ');
}

/** As Java's collections say what they hold, but on one line: a value cannot forge another event. */
function javaText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(
      ([key, each]) => `${javaText(key)}=${javaText(each)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  return String(value).replaceAll('\r', '\\r').replaceAll('\n', '\\n');
}
