import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FoundLine, LogSearchAnswer, LogWindowAnswer } from './log-answers.ts';
import type { LogFile } from './log-files.ts';
import { factsOf } from './log-lines.ts';

/** Of each file so many of the newest lines are told. */
const linesMax = 200;
const lineLengthMax = 2000;
/** How much before and after a line is read to show its neighbours. */
const windowBytes = 32 * 1024;
const windowLines = 40;
const newline = 0x0a;
/** A symbolic link is not followed: what lies beside a log is a log. */
const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW;

/** Lines that hold the text, as it is. Reads every file once, in pieces. */
export async function searchLogs(
  files: readonly LogFile[],
  text: string,
): Promise<LogSearchAnswer> {
  const lines: FoundLine[] = [];
  let complete = true;
  for (const file of files) {
    const found = await searchFile(file, Buffer.from(text));
    complete &&= found.length <= linesMax;
    lines.push(...found.slice(-linesMax));
  }
  return { lines, complete };
}

/** The newest lines with the text, one more than is told at most. */
async function searchFile({ port, name, path }: LogFile, text: Buffer): Promise<FoundLine[]> {
  const found: FoundLine[] = [];
  for await (const { offset, bytes } of linesOf(path)) {
    if (!bytes.includes(text)) continue;
    const line = bytes.toString('utf8', 0, Math.min(bytes.length, lineLengthMax));
    found.push({ port, file: name, offset, line, ...factsOf(line) });
    if (found.length > linesMax + 1) found.shift();
  }
  return found;
}

interface RawLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

async function* linesOf(path: string): AsyncGenerator<RawLine> {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  const handle = await open(path, readOnly);
  for await (const chunk of handle.createReadStream() as AsyncIterable<Buffer>) {
    const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = all.indexOf(newline); end >= 0; end = all.indexOf(newline, start)) {
      yield { offset: offset + start, bytes: all.subarray(start, end) };
      start = end + 1;
    }
    offset += start;
    rest = all.subarray(start);
  }
  if (rest.length > 0) yield { offset, bytes: rest };
}

/** The line that begins at an offset, with its neighbours; whatever stands there if the file has changed. */
export async function windowAround(file: LogFile, offset: number): Promise<LogWindowAnswer> {
  const from = Math.max(0, offset - windowBytes);
  const handle = await open(file.path, readOnly);
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(offset - from + windowBytes),
      0,
      offset - from + windowBytes,
      from,
    );
    const bytes = buffer.subarray(0, bytesRead);
    const before = linesIn(bytes.subarray(0, offset - from));
    const [line = '', ...after] = linesIn(bytes.subarray(offset - from));
    return {
      before: (from > 0 ? before.slice(1) : before).slice(-windowLines),
      line,
      after: after.slice(0, windowLines),
    };
  } finally {
    await handle.close();
  }
}

function linesIn(bytes: Buffer): string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.slice(0, lineLengthMax));
}
