import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { RequestError } from '../../storm-api/http/index.ts';

/** Bytes on a page. */
export const lengthDefault = 51_200;
const lengthMax = 10 * 1024 * 1024;

export interface LogRequest {
  /** First byte; null: so that the page ends with the file. */
  readonly start: number | null;
  /** Bytes; null: Storm's 50 KiB. */
  readonly length: number | null;
  /** Only lines that hold it. */
  readonly grep: string | null;
}

/** The name by which a log was asked for, and the paths of this and of the whole of it. */
export interface LogPlace {
  readonly name: string;
  readonly path: string;
  readonly downloadPath: string;
}

/** A log is opened without following a link that took its place. */
export function openLog(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
}

/** A part of a log in Storm's page. @throws RequestError when it begins behind the log's end */
export async function logPage(path: string, place: LogPlace, request: LogRequest): Promise<string> {
  const handle = await openLog(path);
  try {
    const { size } = await handle.stat();
    const length = Math.min(lengthMax, request.length ?? lengthDefault);
    const start = Math.max(0, request.start ?? size - length);
    if (request.start !== null && start >= size) {
      throw new RequestError(400, 'Cannot start past the end of the file');
    }
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    return pageOf(place, linesWith(text, request.grep), { start, length, size });
  } finally {
    await handle.close();
  }
}

function linesWith(text: string, grep: string | null): string {
  if (grep === null) return text;
  return text
    .split('\n')
    .filter((line) => line.includes(grep))
    .join('\n');
}

interface Part {
  readonly start: number;
  readonly length: number;
  readonly size: number;
}

function pageOf(place: LogPlace, text: string, { start, length, size }: Part): string {
  const { name, path, downloadPath } = place;
  const link = (words: string, query: Record<string, string | number>) =>
    `<a href="${path}?${escaped(new URLSearchParams({ file: name, length: String(length), ...asText(query) }).toString())}">${words}</a>`;
  const last = Math.max(0, size - length);
  const links = [
    link('Prev', { start: Math.max(0, start - length) }),
    link('First', { start: 0 }),
    link('Last', {}),
    link('Next', { start: Math.min(last, start + length) }),
  ].join(' ');
  const download = `<a href="${downloadPath}/${escaped(encodeURIComponent(name))}">Download Full Log</a>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escaped(name)} - Storm Log Viewer</title></head>
<body><h3>${escaped(name)}</h3><p>${links}</p><p>${download}</p>
<pre id="logContent">${escaped(text)}</pre></body></html>
`;
}

function asText(query: Record<string, string | number>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)]));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Logs hold whatever user code printed: none of it may become a part of the page. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (each) => entities[each] ?? each);
}
