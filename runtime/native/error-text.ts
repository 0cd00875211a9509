const stackCharsMax = 64 * 1024;
const causesMax = 10;
const textless = 'something that has no text';

/** An error with its stack and causes; anything else that was thrown as text. Never throws. */
export function stackOf(error: unknown): string {
  try {
    return withCauses(error, causesMax).slice(0, stackCharsMax);
  } catch {
    return `thrown: ${textless}`;
  }
}

function withCauses(error: unknown, causesLeft: number): string {
  if (!(error instanceof Error)) return `thrown: ${String(error)}`;
  const stack = String(error.stack ?? error);
  if (error.cause === undefined || causesLeft === 0) return stack;
  return `${stack}\nCaused by: ${withCauses(error.cause, causesLeft - 1)}`;
}

/** An error's name and message, or whatever else was thrown, as text. Never throws. */
export function sentenceOf(error: unknown): string {
  try {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } catch {
    return textless; // a revoked proxy, an object without a prototype
  }
}
