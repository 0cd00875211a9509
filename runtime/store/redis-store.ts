import { Redis } from 'ioredis';
import { StaleEpochError, StoreUnavailableError } from './errors.ts';
import type { MetadataStore } from './metadata-store.ts';
import { sortedByKey } from './sorted-by-key.ts';

export interface RedisStoreOptions {
  /** redis://[user:password@]host:port[/db], rediss:// or the path of a Unix socket. */
  readonly url: string;
  /** Keys begin with it, in braces so that a Redis cluster keeps them together. */
  readonly keyPrefix: string;
  /** Hears of lost connections, which are made anew; requests meanwhile wait or fail. */
  readonly onConnectionError: (error: Error) => void;
}

/** Reconnects that a request sits through before it fails. */
const reconnectsPerRequestMax = 3;

// KEYS of all scripts: epoch, owner, lease, entries. Scripts run alone, so what they check holds
// while they write.
const scripts = {
  claim: `
    if redis.call('EXISTS', KEYS[3]) == 1 and redis.call('GET', KEYS[2]) ~= ARGV[1] then
      return false
    end
    local epoch = redis.call('INCR', KEYS[1])
    redis.call('SET', KEYS[2], ARGV[1])
    redis.call('SET', KEYS[3], epoch, 'PX', ARGV[2])
    return epoch`,
  renew: `
    if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
    redis.call('SET', KEYS[3], ARGV[1], 'PX', ARGV[2])
    return 1`,
  release: `
    if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[3]) end
    return 1`,
  put: guarded("redis.call('HSET', KEYS[4], ARGV[2], ARGV[3])"),
  delete: guarded("redis.call('HDEL', KEYS[4], ARGV[2])"),
} as const;

/** Answers the current epoch, which is higher than the writer's when it was refused. */
function guarded(write: string): string {
  return `
    local current = tonumber(redis.call('GET', KEYS[1]) or '0')
    local epoch = tonumber(ARGV[1])
    if epoch < current then return current end
    if epoch > current then redis.call('SET', KEYS[1], ARGV[1]) end
    ${write}
    return epoch`;
}

/**
 * Keeps everything in one Redis that several control planes share. As durable as that Redis: it
 * forgets nothing only with `appendonly yes` and `appendfsync always`.
 */
export class RedisStore implements MetadataStore {
  readonly #redis: Redis;
  readonly #keys: readonly string[];
  readonly #entriesKey: string;

  private constructor(redis: Redis, keyPrefix: string) {
    this.#redis = redis;
    this.#entriesKey = `{${keyPrefix}}:entries`;
    const own = ['epoch', 'owner', 'lease'].map((name) => `{${keyPrefix}}:${name}`);
    this.#keys = [...own, this.#entriesKey];
  }

  /** @throws StoreUnavailableError when Redis does not answer */
  static async open({ url, keyPrefix, onConnectionError }: RedisStoreOptions): Promise<RedisStore> {
    const redis = new Redis(url, {
      lazyConnect: true,
      maxRetriesPerRequest: reconnectsPerRequestMax,
    });
    redis.on('error', onConnectionError);
    try {
      await redis.connect();
      await redis.ping();
      return new RedisStore(redis, keyPrefix);
    } catch (error) {
      redis.disconnect();
      throw unavailable(error);
    }
  }

  get(key: string): Promise<string | null> {
    return this.#attempt(() => this.#redis.hget(this.#entriesKey, key));
  }

  async list(prefix: string): Promise<ReadonlyMap<string, string>> {
    const entries = await this.#attempt(() => this.#redis.hgetall(this.#entriesKey));
    return sortedByKey(Object.entries(entries).filter(([key]) => key.startsWith(prefix)));
  }

  async put(epoch: number, key: string, text: string): Promise<void> {
    await this.#write(scripts.put, epoch, key, text);
  }

  async delete(epoch: number, key: string): Promise<void> {
    await this.#write(scripts.delete, epoch, key);
  }

  async claim(owner: string, leaseMs: number): Promise<number | null> {
    const epoch = await this.#run(scripts.claim, owner, leaseMs);
    return typeof epoch === 'number' ? epoch : null;
  }

  async renew(epoch: number, leaseMs: number): Promise<boolean> {
    return (await this.#run(scripts.renew, epoch, leaseMs)) === 1;
  }

  async release(epoch: number): Promise<void> {
    await this.#run(scripts.release, epoch);
  }

  async close(): Promise<void> {
    this.#redis.disconnect();
  }

  async #write(script: string, epoch: number, ...texts: readonly string[]): Promise<void> {
    const current = await this.#run(script, epoch, ...texts);
    if (typeof current === 'number' && current > epoch) throw new StaleEpochError(epoch, current);
  }

  #run(script: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#attempt(() => this.#redis.eval(script, this.#keys.length, ...this.#keys, ...args));
  }

  async #attempt<Result>(request: () => Promise<Result>): Promise<Result> {
    try {
      return await request();
    } catch (error) {
      throw unavailable(error);
    }
  }
}

/** Without the address, which may hold a password. */
function unavailable(cause: unknown): StoreUnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new StoreUnavailableError(`Redis does not answer: ${reason}`, { cause });
}
