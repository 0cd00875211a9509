const word = /(?:[^\s"']|"[^"]*"|'[^']*')+/g;
const quoted = /"([^"]*)"|'([^']*)'/g;

/** As a shell parts them, with quotes and nothing else. */
export function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(word)].map(([each]) =>
    each.replace(quoted, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
}

/** What is wrong with the words, as a sentence; empty when nothing is. */
export function wordsProblem(text: string): string {
  return /["']/.test(text.replace(word, '')) ? 'A quote is opened and not closed.' : '';
}

/** The lines that hold something. */
export function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The same of lines that are to be key=value. */
export function settingsProblem(text: string): string {
  const wrong = linesOf(text).find((line) => line.indexOf('=') < 1);
  return wrong === undefined ? '' : `Not key=value: ${wrong}`;
}
