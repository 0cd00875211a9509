import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RequestError } from '../../storm-api/http/index.ts';
import type { StormId, TopologyService } from '../../storm-api/index.ts';

/** A log or an older part of one. */
export interface LogFile {
  readonly port: number;
  readonly name: string;
  readonly path: string;
}

/**
 * The logs of a topology's workers, older parts first. Which files there are is the service's word: a
 * name from outside is only compared with theirs.
 */
export async function logFilesOf(
  service: TopologyService,
  topology: StormId,
): Promise<readonly LogFile[]> {
  const workers = service.describe(topology).workerList;
  const places = new Map(workers.map(({ port, logFile }) => [logFile, port]));
  const found = await Promise.all([...places].map(([file, port]) => partsOf(file, port)));
  return found.flat();
}

/** @throws RequestError when no worker of the topology has it */
export async function logFileNamed(
  service: TopologyService,
  topology: StormId,
  { port, name }: Pick<LogFile, 'port' | 'name'>,
): Promise<LogFile> {
  const files = await logFilesOf(service, topology);
  const file = files.find((each) => each.port === port && each.name === name);
  if (file === undefined) throw new RequestError(404, 'no worker of this topology has such a log');
  return file;
}

/** What lies beside the log and begins with its name: parts that were rotated out, and what was printed past it. */
async function partsOf(logFile: string, port: number): Promise<readonly LogFile[]> {
  const folder = dirname(logFile);
  const stem = basename(logFile, '.log');
  const names = await namesIn(folder);
  return names
    .filter((name) => name.startsWith(`${stem}.`) || name.startsWith(`${stem}-`))
    .sort((a, b) => logPartAge(b) - logPartAge(a) || (a < b ? -1 : 1))
    .map((name) => ({ port, name, path: join(folder, name) }));
}

/** Rotated parts have their age as last part of the name. */
export function logPartAge(name: string): number {
  return Number(/\.(\d+)$/.exec(name)?.[1] ?? 0);
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
