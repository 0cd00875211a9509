const words = /(?:[^\s"'\\]|\\.|"(?:\\.|[^"\\])*"|'[^']*')+/gs;
const parts = /\\(.)|"((?:\\.|[^"\\])*)"|'([^']*)'/gs;

/** Splits options as a shell does: quotes and backslashes keep blanks together. */
export function splitShellWords(text: string): readonly string[] {
  return (text.match(words) ?? []).map((word) =>
    word.replace(
      parts,
      (_, escaped?: string, double?: string, single?: string) =>
        escaped ?? double?.replace(/\\(["\\])/g, '$1') ?? single ?? '',
    ),
  );
}
