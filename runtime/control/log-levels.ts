import {
  InvalidLogLevelError,
  type LoggerChange,
  type LoggerLevel,
} from '../../storm-api/index.ts';

/** All of them are sent to each worker in one frame. */
const loggersMax = 1_000;

/** Those whose time is not over. */
export function inForce(levels: readonly LoggerLevel[], nowMs: number): readonly LoggerLevel[] {
  return levels.filter(({ untilMs }) => untilMs === null || untilMs > nowMs);
}

/**
 * Those in force after the changes, by name; of two changes to one logger the last one counts.
 * @throws InvalidLogLevelError when they are too many
 */
export function changedLevels(
  levels: readonly LoggerLevel[],
  changes: readonly LoggerChange[],
  nowMs: number,
): readonly LoggerLevel[] {
  const byLogger = new Map(inForce(levels, nowMs).map((each) => [each.logger, each]));
  for (const { logger, level, timeoutSecs } of changes) {
    if (level === null) {
      byLogger.delete(logger);
    } else {
      const untilMs = timeoutSecs === 0 ? null : nowMs + 1000 * timeoutSecs;
      byLogger.set(logger, { logger, level, timeoutSecs, untilMs });
    }
  }
  if (byLogger.size > loggersMax) {
    throw new InvalidLogLevelError(`at most ${loggersMax} loggers of a topology may have a level`);
  }
  return [...byLogger.values()].sort((one, other) => (one.logger < other.logger ? -1 : 1));
}
