import { createHash } from 'node:crypto';
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StormId } from '../../storm-api/index.ts';
import { LocalDirectoryError, systemCode } from './errors.ts';

/** Longest name that a storm id gets as a folder, in bytes; file systems allow 255. */
const folderNameBytesMax = 200;

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'this user may not write there'],
  ['EPERM', 'this user may not write there'],
  ['EROFS', 'it is on a read-only file system'],
  ['ENOTDIR', 'a part of its path is a file'],
  ['EEXIST', 'it is a file'],
  ['ENOSPC', 'its file system is full'],
]);

/** The places below storm.local.dir. Only its owner can look into them. */
export class LocalDirectory {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes what is missing. @throws LocalDirectoryError when it cannot be written. */
  static async open(path: string): Promise<LocalDirectory> {
    const directory = new LocalDirectory(path);
    try {
      const { blobs, topologies, workers, logs } = directory;
      for (const folder of [blobs, topologies, workers, logs]) {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // What user code writes below has the modes it wants; nobody else may come as far.
        await chmod(folder, 0o700);
      }
      await tryToWrite(directory.topologies);
    } catch (cause) {
      const reason = reasons.get(systemCode(cause) ?? '') ?? String(cause);
      throw new LocalDirectoryError(`storm.local.dir ${path} cannot be used: ${reason}`, { cause });
    }
    return directory;
  }

  get blobs(): string {
    return join(this.path, 'blobs');
  }

  get topologies(): string {
    return join(this.path, 'topologies');
  }

  get workers(): string {
    return join(this.path, 'workers');
  }

  get logs(): string {
    return join(this.path, 'logs');
  }

  get zooKeeper(): string {
    return join(this.path, 'zookeeper');
  }

  topology(stormId: StormId): string {
    return join(this.topologies, folderName(stormId));
  }

  logFile(stormId: StormId, port: number): string {
    return join(this.logs, folderName(stormId), String(port), 'worker.log');
  }

  /** Removes the folders of submissions that were never accepted. */
  async removeOtherTopologies(known: readonly StormId[]): Promise<void> {
    await removeOthers(this.topologies, new Set(known.map(folderName)));
  }

  /** Removes the folders of workers that nobody will hear of again. */
  async removeOtherWorkers(knownTokens: readonly string[]): Promise<void> {
    await removeOthers(this.workers, new Set(knownTokens));
  }
}

/** Creating a folder that exists proves nothing about writing into it. */
async function tryToWrite(folder: string): Promise<void> {
  const file = join(folder, '.writable');
  await rm(file, { force: true });
  const handle = await open(file, 'wx', 0o600);
  await handle.close();
  await rm(file);
}

async function removeOthers(folder: string, keep: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!keep.has(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** A storm id as the name of its folders: plain ones stay as they are, no two become the same. */
export function folderName(stormId: StormId): string {
  const plain = stormId.replace(/[^A-Za-z0-9_-]/g, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  );
  if (plain.length <= folderNameBytesMax) return plain;
  const hash = createHash('sha256').update(stormId).digest('hex');
  return `${plain.slice(0, folderNameBytesMax - hash.length)}${hash}`;
}
