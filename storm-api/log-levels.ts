import { InvalidLogLevelError } from './errors.ts';

/** How much a logger tells, from everything to nothing: Log4j's words, which Storm's clients use. */
const logLevels = ['ALL', 'TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL', 'OFF'] as const;

export type LogLevel = (typeof logLevels)[number];

/** What stands for the logger that all others inherit from; in any case of letters. */
const rootLogger = 'ROOT';
const loggerCharactersMax = 500;
/** What the `i32` of Storm's clients holds. */
const timeoutSecsMax = 0x7fffffff;

/** A level that a topology's loggers were given while it runs. */
export interface LoggerLevel {
  /** A name as in Java, or `ROOT`. */
  readonly logger: string;
  readonly level: LogLevel;
  /** As it was asked for; 0: until it is taken back. */
  readonly timeoutSecs: number;
  /** When the logger goes back to what it was, in milliseconds since 1970; null: never by itself. */
  readonly untilMs: number | null;
}

export interface LoggerChange {
  readonly logger: string;
  /** null: back to what it was. */
  readonly level: LogLevel | null;
  /** 0: until it is taken back. */
  readonly timeoutSecs: number;
}

/**
 * A wish of a client, checked.
 * @param level null takes an earlier level back
 * @throws InvalidLogLevelError that says what is wrong
 */
export function loggerChange(
  logger: string,
  level: string | null,
  timeoutSecs: number,
): LoggerChange {
  return {
    logger: loggerName(logger),
    level: level === null ? null : logLevel(level),
    timeoutSecs: wholeSecs(timeoutSecs),
  };
}

function loggerName(name: string): string {
  if (name.toUpperCase() === rootLogger) return rootLogger;
  const isName = /^[^\s\p{C}]+$/u.test(name) && name.length <= loggerCharactersMax;
  if (!isName) {
    throw new InvalidLogLevelError(
      `"${name.slice(0, 100)}" is no name of a logger; ROOT is the one that all inherit from`,
    );
  }
  return name;
}

function logLevel(text: string): LogLevel {
  const found = logLevels.find((each) => each === text.toUpperCase());
  if (found !== undefined) return found;
  throw new InvalidLogLevelError(
    `"${text.slice(0, 100)}" is no log level; they are ${logLevels.join(', ')}`,
  );
}

function wholeSecs(secs: number): number {
  if (Number.isInteger(secs) && secs >= 0 && secs <= timeoutSecsMax) return secs;
  throw new InvalidLogLevelError(`the timeout ${secs} is no whole number of seconds from 0 on`);
}
