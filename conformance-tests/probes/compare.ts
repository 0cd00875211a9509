import type { Difference } from './differences.ts';

/** How the notes of a run differ from the golden ones. */
export interface Comparison {
  /** Golden lines that the run lacks, each behind `-`, and lines that only the run has, behind `+`. */
  readonly unexpected: readonly string[];
  /** Known differences that touch no line at all. */
  readonly idle: readonly Difference[];
}

/** Compares as multisets: how often a line was noted counts, its place does not. */
export function compareNotes(
  golden: readonly string[],
  notes: readonly string[],
  known: readonly Difference[],
): Comparison {
  const ignored = known.flatMap(({ ignore = [] }) => ignore);
  const compared = (line: string) => line !== '' && !ignored.some((each) => each.test(line));
  const expected = golden.map((line) => rewritten(line, known)).filter(compared);
  const found = notes.filter(compared);
  const unexpected = [
    ...without(expected, found).map((line) => `-${line}`),
    ...without(found, expected).map((line) => `+${line}`),
  ];
  const all = [...golden, ...notes];
  return { unexpected, idle: known.filter((each) => !all.some((line) => touches(each, line))) };
}

function rewritten(golden: string, known: readonly Difference[]): string {
  const rules = known.flatMap(({ rewrite = [] }) => rewrite);
  return rules.reduce((line, [pattern, ours]) => line.replace(pattern, ours), golden);
}

function touches({ rewrite = [], ignore = [] }: Difference, line: string): boolean {
  return [...rewrite.map(([pattern]) => pattern), ...ignore].some((each) => each.test(line));
}

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}
