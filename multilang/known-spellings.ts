import { readJson } from './json-reader.ts';

/** A message as its JSON would be; what it does not have is undefined. */
interface KnownMessage {
  readonly command: string;
  readonly id: unknown;
  readonly anchors: readonly string[] | undefined;
  readonly tuple: unknown;
}

const ends = /^\{"command": ?"(sync|ack)"(?:, ?"id": ?"(\d+)")?\}$/;
/** A whole number that no double rounds, or a text without escapes. */
const id = String.raw`"id": ?(?:(0|[1-9]\d{0,14})|"([^"\\\x00-\x1f]*)")`;
const anchors = String.raw`"anchors": ?\["(\d+)"\]`;
/** The facts of an emit before its values, as Python has them, or behind them as JavaScript. */
const factsFirst = new RegExp(
  String.raw`^\{"command": ?"emit"(?:, ?${id})?(?:, ?${anchors})?, ?"tuple": ?(\[.*\])\}$`,
);
const factsLast = new RegExp(
  String.raw`^\{"command": ?"emit", ?"tuple": ?(\[.*\]), ?(?:${id}|${anchors})\}$`,
);
/** Behind the values there may be other facts: not worth the try. */
const more = /\], ?"/;

/**
 * What children say most, in the spelling of the libraries that are known: only the values of a tuple
 * need a parser. The values are all between the facts and the end of the message, so whatever else
 * stands there is no JSON list.
 * @returns null for any other message
 * @throws SyntaxError when the values are no JSON by themselves; the message may be JSON all the same
 */
export function readKnown(text: string): KnownMessage | null {
  const end = ends.exec(text);
  if (end !== null)
    return { command: end[1] ?? '', id: end[2], anchors: undefined, tuple: undefined };
  const last = factsLast.exec(text);
  if (last !== null) return emit(last[1], last[2], last[3], last[4]);
  const first = factsFirst.exec(text);
  if (first === null || more.test(first[4] ?? '')) return null;
  return emit(first[4], first[1], first[2], first[3]);
}

function emit(
  values: string | undefined,
  number: string | undefined,
  name: string | undefined,
  anchor: string | undefined,
): KnownMessage {
  return {
    command: 'emit',
    id: number === undefined ? name : Number(number),
    anchors: anchor === undefined ? undefined : [anchor],
    tuple: readJson(values ?? ''),
  };
}
