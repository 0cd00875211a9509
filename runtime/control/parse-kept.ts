/**
 * What is made of a text that was kept; null when there is none, or it cannot be read.
 * @param onUnreadable hears why
 */
export function parseKept<Book>(
  read: () => string | null,
  parse: (text: string) => Book,
  onUnreadable: (error: unknown) => void,
): Book | null {
  try {
    const text = read();
    return text === null ? null : parse(text);
  } catch (error) {
    onUnreadable(error);
    return null;
  }
}
