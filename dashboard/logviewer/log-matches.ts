import { RequestError } from '../../storm-api/http/index.ts';
import { openLog } from './log-page.ts';

/** So much of a log is read at a time. */
const pieceBytes = 1024 * 1024;
/** As much as Storm tells before and after a match. */
const contextBytes = 128;
const matchesMax = 1_000;

/** What is looked for in a log. */
export interface LogQuestion {
  readonly text: Buffer;
  /** First byte that is looked at. */
  readonly start: number;
  /** How many matches are wanted. */
  readonly matches: number;
}

export interface LogMatch {
  readonly byteOffset: number;
  readonly before: string;
  readonly after: string;
}

export interface LogMatches {
  readonly matches: readonly LogMatch[];
  /** Where to go on; null: there is no more. */
  readonly nextByteOffset: number | null;
}

/** Where a text stands in a log, as it is. @throws RequestError when the start is behind the log's end */
export async function matchesIn(path: string, question: LogQuestion): Promise<LogMatches> {
  const { text, start } = question;
  const wanted = Math.min(question.matches, matchesMax);
  const handle = await openLog(path);
  const textAt = async (from: number, to: number) => {
    const bytes = Buffer.alloc(to - from);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from);
    return bytes.toString('utf8', 0, bytesRead);
  };
  try {
    const { size } = await handle.stat();
    if (start > size) throw new RequestError(400, 'Cannot search past the end of the file');
    const matches: LogMatch[] = [];
    for await (const byteOffset of offsetsIn(handle, text, start)) {
      if (matches.length === wanted) break;
      const end = byteOffset + text.length;
      matches.push({
        byteOffset,
        before: await textAt(Math.max(0, byteOffset - contextBytes), byteOffset),
        after: await textAt(end, end + contextBytes),
      });
    }
    const last = matches.length < wanted ? undefined : matches.at(-1);
    const next = last === undefined ? size : last.byteOffset + text.length;
    return { matches, nextByteOffset: next < size ? next : null };
  } finally {
    await handle.close();
  }
}

type Handle = Awaited<ReturnType<typeof openLog>>;

async function* offsetsIn(handle: Handle, text: Buffer, start: number): AsyncGenerator<number> {
  const room = Buffer.alloc(pieceBytes);
  let position = start;
  while (true) {
    const { bytesRead } = await handle.read(room, 0, room.length, position);
    if (bytesRead < text.length) return;
    const piece = room.subarray(0, bytesRead);
    let next = 0;
    for (let at = piece.indexOf(text); at >= 0; at = piece.indexOf(text, next)) {
      yield position + at;
      next = at + text.length;
    }
    // What begins in this piece may end in the one after it.
    position += Math.max(next, bytesRead - text.length + 1);
  }
}
