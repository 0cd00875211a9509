import { type Logger, pino } from 'pino';

const levels: Readonly<Record<number, string>> = {
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const knownFields = new Set(['level', 'time', 'pid', 'hostname', 'msg', 'err']);

/** JSON lines on stderr, on a terminal one readable line for each; in `file` always JSON. */
export function makeLogger(
  err: NodeJS.WritableStream & { readonly isTTY?: boolean },
  file: { write(line: string): void } | null = null,
): Logger {
  const write = (line: string) => {
    file?.write(line);
    err.write(err.isTTY ? readableLine(line) : line);
  };
  return pino({ base: null }, { write });
}

/** @param json one line as pino writes it */
export function readableLine(json: string): string {
  const record = JSON.parse(json) as Record<string, unknown>;
  const error = record['err'] as { readonly message: string } | undefined;
  const fields = Object.entries(record)
    .filter(([name]) => !knownFields.has(name))
    .map(
      ([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  const time = new Date(Number(record['time'])).toISOString();
  const level = levels[Number(record['level'])] ?? String(record['level']);
  const problem = error === undefined ? '' : `: ${error.message}`;
  return `${time} ${level} ${record['msg']}${problem}${fields.join('')}\n`;
}
