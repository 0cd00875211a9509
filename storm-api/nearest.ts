/** The word that a mistyped one was probably meant to be; null when none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const edits = words.map((word) => ({ word, count: editCount(typed, word) }));
  edits.sort((left, right) => left.count - right.count);
  const best = edits[0];
  return best !== undefined && best.count <= Math.max(1, typed.length / 3) ? best.word : null;
}

/** The end of a sentence that says that there is no such thing; empty when nothing is near. */
export function didYouMean(typed: string, words: readonly string[]): string {
  const guess = nearest(typed, words);
  return guess === null ? '' : `: did you mean ${guess}?`;
}

/** Letters to insert, remove or change, and neighbours to exchange (Damerau's distance, of words typed once). */
function editCount(from: string, to: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isExchanged = from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const exchange = isExchanged ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(change, exchange, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
