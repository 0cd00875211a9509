import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { systemCode } from './errors.ts';

export interface LogBounds {
  /** Of one worker's folder. */
  readonly perWorkerBytesMax: number;
  /** Of all of them together. */
  readonly totalBytesMax: number;
}

interface LogFile {
  readonly path: string;
  readonly bytes: number;
  readonly writtenMs: number;
  /** Nothing writes to it any more. */
  readonly isClosed: boolean;
}

/**
 * Removes the oldest parts of logs until what is left is within the bounds. What a living worker
 * writes to stays, so that as much as these files hold may be above them.
 * @param folder holds a folder for each topology, and in it one for each worker's port
 * @param isAlive by the name of a topology's folder
 */
export async function trimLogs(
  folder: string,
  { perWorkerBytesMax, totalBytesMax }: LogBounds,
  isAlive: (topology: string) => boolean,
): Promise<void> {
  const left: LogFile[] = [];
  for (const topology of await namesIn(folder)) {
    for (const port of await namesIn(join(folder, topology))) {
      const files = await filesOf(join(folder, topology, port), isAlive(topology));
      left.push(...(await removeOldest(files, perWorkerBytesMax)));
    }
  }
  await removeOldest(left, totalBytesMax);
}

/** @returns those that stay */
async function removeOldest(
  files: readonly LogFile[],
  bytesMax: number,
): Promise<readonly LogFile[]> {
  let bytes = files.reduce((sum, each) => sum + each.bytes, 0);
  const removed = new Set<LogFile>();
  const byAge = files
    .filter(({ isClosed }) => isClosed)
    .sort((one, other) => one.writtenMs - other.writtenMs);
  for (const file of byAge) {
    if (bytes <= bytesMax) break;
    await rm(file.path, { force: true });
    removed.add(file);
    bytes -= file.bytes;
  }
  return files.filter((file) => !removed.has(file));
}

/** Older parts have a number at the end of their names. */
async function filesOf(folder: string, isAlive: boolean): Promise<readonly LogFile[]> {
  const files: LogFile[] = [];
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const found = await orNull(stat(path));
    if (found === null || !found.isFile()) continue;
    const isClosed = !isAlive || /\.\d+$/.test(name);
    files.push({ path, bytes: found.size, writtenMs: found.mtimeMs, isClosed });
  }
  return files;
}

/** None of what is no folder. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await orNull(readdir(folder))) ?? [];
}

/** Logs are rotated and cleared away while we look. */
async function orNull<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}
