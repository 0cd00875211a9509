const quotedMax = 20;

/** What became of the messages that were produced. */
export interface CopyVerdict {
  readonly produced: number;
  readonly delivered: number;
  /** Deliveries beyond the first. */
  readonly duplicates: number;
  readonly missing: number;
  /** The first problems, as sentences. */
  readonly problems: readonly string[];
}

/**
 * Judges a copy by what was produced and what lies in the topic it went to, alone: every message is
 * there, nothing else is, and none more often than may be.
 * @param duplicatesMax how many deliveries may be repetitions
 */
export function judgeCopy(
  produced: readonly string[],
  delivered: readonly string[],
  duplicatesMax: number,
): CopyVerdict {
  const counts = new Map(produced.map((id) => [id, 0]));
  const strangers: string[] = [];
  for (const id of delivered) {
    const count = counts.get(id);
    if (count === undefined) strangers.push(id);
    else counts.set(id, count + 1);
  }
  const missing = [...counts].filter(([, count]) => count === 0).map(([id]) => id);
  const duplicates = delivered.length - strangers.length - (counts.size - missing.length);
  const problems = [
    ...missing.map((id) => `${id} was produced and never delivered`),
    ...strangers.map((id) => `${id} was delivered and never produced`),
    ...(duplicates > duplicatesMax
      ? [`${duplicates} deliveries were repetitions; at most ${duplicatesMax} may be`]
      : []),
  ];
  return {
    produced: counts.size,
    delivered: delivered.length,
    duplicates,
    missing: missing.length,
    problems: problems.slice(0, quotedMax),
  };
}
