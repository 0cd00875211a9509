/**
 * Reads the text of a Java properties file: `key=value`, `key: value` or `key value` a line,
 * comments after # or !, a backslash joins lines and escapes. A later line wins.
 */
export function parseJavaProperties(text: string): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const line of logicalLines(text)) {
    const [, key = '', value = ''] = /^((?:\\.|[^\\=:\s])*)\s*[=:]?\s*(.*)$/su.exec(line) ?? [];
    properties.set(withoutEscapes(key), withoutEscapes(value));
  }
  return properties;
}

/** Lines with what they go on with, without comments, blank lines and leading white space. */
function logicalLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open = false;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.replace(/^[ \t\f]+/, '');
    if (!open && (line === '' || line.startsWith('#') || line.startsWith('!'))) continue;
    const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/.test(line);
    const content = goesOn ? line.slice(0, -1) : line;
    lines.push(open ? `${lines.pop() ?? ''}${content}` : content);
    open = goesOn;
  }
  return lines;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
]);

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gsu, (_, code?: string, other?: string) =>
    code === undefined
      ? (escapes.get(other ?? '') ?? other ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
