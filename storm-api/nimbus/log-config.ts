import { type LoggerChange, type LoggerLevel, loggerChange } from '../log-levels.ts';
import type { LogConfig, LogLevel } from '../thrift/cluster-structs.ts';

/**
 * What a client wants of the loggers; those that it calls unchanged are left alone.
 * @throws InvalidLogLevelError
 */
export function toChanges({ named_logger_level: levels }: LogConfig): readonly LoggerChange[] {
  return Array.from(levels ?? []).flatMap(([logger, wanted]) => {
    if (wanted.action === 'UNCHANGED') return [];
    if (wanted.action === 'REMOVE') return [loggerChange(logger, null, 0)];
    const { target_log_level: level, reset_log_level_timeout_secs: secs } = wanted;
    return [loggerChange(logger, level ?? '', secs ?? 0)];
  });
}

/** What a client says of them. */
export function logConfigOf(changes: readonly LoggerChange[]): LogConfig {
  return { named_logger_level: new Map(changes.map((each) => [each.logger, wordsOf(each)])) };
}

function wordsOf({ level, timeoutSecs }: LoggerChange): LogLevel {
  if (level === null) return { action: 'REMOVE' };
  return {
    action: 'UPDATE',
    target_log_level: level,
    reset_log_level_timeout_secs: timeoutSecs,
  };
}

/** As Storm keeps them: Nimbus knows when a level ends, but not what the logger was before. */
export function toLogConfig(levels: readonly LoggerLevel[]): LogConfig {
  return {
    named_logger_level: new Map(
      levels.map(({ logger, level, timeoutSecs, untilMs }) => [
        logger,
        {
          action: 'UNCHANGED',
          target_log_level: level,
          reset_log_level_timeout_secs: timeoutSecs,
          ...(untilMs === null ? {} : { reset_log_level_timeout_epoch: BigInt(untilMs) }),
        },
      ]),
    ),
  };
}
