/** The word that a mistyped one was probably meant to be; null when none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const edits = words.map((word) => ({ word, count: editCount(typed, word) }));
  edits.sort((left, right) => left.count - right.count);
  const best = edits[0];
  return best !== undefined && best.count <= Math.max(1, typed.length / 2) ? best.word : null;
}

/** Letters to insert, remove or change (Levenshtein). */
function editCount(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
