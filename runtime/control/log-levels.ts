import type { LoggerChange, LoggerLevel } from '../../storm-api/index.ts';

/** Those whose time is not over. */
export function inForce(levels: readonly LoggerLevel[], nowMs: number): readonly LoggerLevel[] {
  return levels.filter(({ untilMs }) => untilMs === null || untilMs > nowMs);
}

/** Those in force after the changes, by name; of two changes to one logger the last one counts. */
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
  return [...byLogger.values()].sort((one, other) => (one.logger < other.logger ? -1 : 1));
}
