import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { StaleEpochError, StoreLockedError, StoreUnavailableError } from './errors.ts';
import { Lease } from './lease.ts';
import type { MetadataStore } from './metadata-store.ts';
import { sortedByKey } from './sorted-by-key.ts';

/** Keys of entries begin so; the store's own key does not. */
const entryPrefix = 'entry/';
const epochKey = 'epoch';

type Change =
  | { readonly type: 'put'; readonly key: string; readonly value: string }
  | { readonly type: 'del'; readonly key: string };

/**
 * Keeps everything in a LevelDB of one directory. LevelDB's lock lets in one process at a time, so
 * a lease does not outlive its process; epochs do. Writes are on the disk before they resolve.
 */
export class LevelStore implements MetadataStore {
  readonly #db: ClassicLevel<string, string>;
  readonly #lease: Lease;
  #epoch: number;
  /** Writes go one after the other: a claim stands between the writes of its two epochs. */
  #lastWrite: Promise<unknown> = Promise.resolve();

  private constructor(db: ClassicLevel<string, string>, epoch: number, nowMs: () => number) {
    this.#db = db;
    this.#epoch = epoch;
    this.#lease = new Lease(nowMs);
  }

  /**
   * @param directory is made (0700) if absent, parents included
   * @throws StoreLockedError when another process has it open
   * @throws StoreUnavailableError when it cannot be read or written
   */
  static async open(
    directory: string,
    nowMs: () => number = () => performance.now(),
  ): Promise<LevelStore> {
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const db = await openLocked(directory);
      return new LevelStore(db, Number((await db.get(epochKey)) ?? 0), nowMs);
    } catch (error) {
      if (error instanceof StoreLockedError) throw error;
      throw new StoreUnavailableError(`cannot open the store in ${directory}: ${reason(error)}`, {
        cause: error,
      });
    }
  }

  async get(key: string): Promise<string | null> {
    return (await this.#attempt(() => this.#db.get(entryPrefix + key))) ?? null;
  }

  list(prefix: string): Promise<ReadonlyMap<string, string>> {
    return this.#attempt(async () => {
      const entries: [string, string][] = [];
      for await (const [key, text] of this.#db.iterator({ gte: entryPrefix + prefix })) {
        if (!key.startsWith(entryPrefix + prefix)) break;
        entries.push([key.slice(entryPrefix.length), text]);
      }
      return sortedByKey(entries);
    });
  }

  put(epoch: number, key: string, text: string): Promise<void> {
    return this.#write(epoch, { type: 'put', key: entryPrefix + key, value: text });
  }

  delete(epoch: number, key: string): Promise<void> {
    return this.#write(epoch, { type: 'del', key: entryPrefix + key });
  }

  claim(owner: string, leaseMs: number): Promise<number | null> {
    return this.#inTurn(async () => {
      if (!this.#lease.isFreeFor(owner)) return null;
      await this.#commit(this.#epoch + 1, []);
      this.#lease.take(owner, leaseMs);
      return this.#epoch;
    });
  }

  renew(epoch: number, leaseMs: number): Promise<boolean> {
    return this.#inTurn(async () => {
      if (epoch !== this.#epoch) return false;
      this.#lease.extend(leaseMs);
      return true;
    });
  }

  release(epoch: number): Promise<void> {
    return this.#inTurn(async () => {
      if (epoch === this.#epoch) this.#lease.end();
    });
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#db.close());
  }

  #write(epoch: number, change: Change): Promise<void> {
    return this.#inTurn(async () => {
      if (epoch < this.#epoch) throw new StaleEpochError(epoch, this.#epoch);
      await this.#commit(epoch, [change]);
    });
  }

  async #commit(epoch: number, changes: readonly Change[]): Promise<void> {
    const epochChange: Change = { type: 'put', key: epochKey, value: String(epoch) };
    const all = epoch > this.#epoch ? [...changes, epochChange] : [...changes];
    await this.#attempt(() => this.#db.batch(all, { sync: true }));
    this.#epoch = epoch;
  }

  #inTurn<Result>(write: () => Promise<Result>): Promise<Result> {
    const result = this.#lastWrite.then(write);
    this.#lastWrite = result.catch(() => {}); // the caller hears of it; the next write goes on
    return result;
  }

  async #attempt<Result>(operation: () => Promise<Result>): Promise<Result> {
    try {
      return await operation();
    } catch (error) {
      throw new StoreUnavailableError(
        `the store in ${this.#db.location} failed: ${reason(error)}`,
        {
          cause: error,
        },
      );
    }
  }
}

/** Opens the database and leaves our pid for whoever finds it locked. */
async function openLocked(directory: string): Promise<ClassicLevel<string, string>> {
  const pidFile = join(directory, 'pid');
  const db = new ClassicLevel(join(directory, 'level')); // begins to open at once
  try {
    await db.open();
    await writeFile(pidFile, `${process.pid}\n`, { mode: 0o600 });
    return db;
  } catch (error) {
    await db.close();
    if (causeCode(error) !== 'LEVEL_LOCKED') throw error;
    throw new StoreLockedError(
      `another gearstorm serve uses ${directory}${await pidNote(pidFile)}`,
      { cause: error },
    );
  }
}

async function pidNote(pidFile: string): Promise<string> {
  const pid = await readFile(pidFile, 'utf8').catch(() => '');
  return pid === '' ? '' : ` (pid ${pid.trim()})`;
}

function causeCode(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? cause.code : undefined;
}

/** LevelDB's own words stand in the innermost error. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? reason(error.cause) : error.message;
}
