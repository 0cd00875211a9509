import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { StormId } from '../../../storm-api/index.ts';
import { EngineError } from '../errors.ts';

/** The kernel takes about 107 bytes; everything we make stays below this. */
const socketPathBytesMax = 100;
/** Longest name that a socket gets in here. */
const longestName = '/01234567-65535.sock';

/**
 * The private folder of one local directory's sockets. It lies apart from it because Unix socket
 * paths are short and a local directory's is not.
 */
export class SocketFolder {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @throws EngineError when a folder of that name is not ours alone. */
  static open(temporaryDir: string, localDir: string): SocketFolder {
    const name = `gearstorm-${userInfo().uid}-${shortHash(localDir)}`;
    const wanted = join(temporaryDir, name);
    const fits = Buffer.byteLength(wanted + longestName) <= socketPathBytesMax;
    const path = fits ? wanted : join('/tmp', name);
    makePrivate(path);
    return new SocketFolder(path);
  }

  get controlSocket(): string {
    return join(this.#path, 'control.sock');
  }

  dataSocketPrefix(stormId: StormId): string {
    return join(this.#path, `${shortHash(stormId)}-`);
  }

  /** Removes the data sockets of a topology whose workers are gone. */
  removeDataSockets(stormId: StormId): void {
    const prefix = `${shortHash(stormId)}-`;
    for (const name of readdirSync(this.#path)) {
      if (name.startsWith(prefix)) rmSync(join(this.#path, name), { force: true });
    }
  }

  /** Removes the folder, if nothing is in it. */
  removeIfEmpty(): void {
    try {
      rmdirSync(this.#path);
    } catch {
      // a worker that lives on still listens here
    }
  }
}

function makePrivate(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) {
      throw new EngineError(`no folder for sockets can be made: ${messageOf(cause)}`, { cause });
    }
  }
  const stats = lstatSync(path);
  if (!isPrivate(stats)) {
    throw new EngineError(
      `${path} exists and is not a private folder of this user: remove it, or set TMPDIR to another folder`,
    );
  }
}

/** A symbolic link is no directory to lstat. */
function isPrivate(stats: Stats): boolean {
  return stats.isDirectory() && stats.uid === userInfo().uid && (stats.mode & 0o077) === 0;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
