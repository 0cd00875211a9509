import { randomUUID } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { AuthorizationError } from '../errors.ts';
import type { StormId } from '../model/ids.ts';
import { stormId } from '../model/ids.ts';

/** Bytes of one reply: what Storm's clients accept with room to spare. */
const chunkBytes = 307_200;
const downloadsMax = 16;
const idleTimeoutMs = 60_000;
/** A topology's jar as Storm's supervisors ask for it, whatever folder they believe it in. */
const jarAddress = /(?:^|\/)stormdist\/([^/]+)\/stormjar\.jar$/;

/** Path of a live topology's jar; null when it has none or is not alive. */
export type JarLookup = (id: StormId) => string | null;

interface Download {
  readonly file: FileHandle;
  position: number;
  expiry: NodeJS.Timeout;
}

/**
 * Files that clients may fetch: the jars of live topologies and nothing else. The text that a
 * client sends is only searched for a storm id; it never becomes a path.
 */
export class JarDownloads {
  readonly #jarOf: JarLookup;
  readonly #downloads = new Map<string, Download>();

  constructor(jarOf: JarLookup) {
    this.#jarOf = jarOf;
  }

  /** Returns the id to read chunks with. @throws AuthorizationError */
  async begin(address: string): Promise<string> {
    const named = jarAddress.exec(address)?.[1];
    const path = named === undefined ? null : this.#jarOf(stormId(named));
    if (path === null) {
      const shown = JSON.stringify(address.slice(0, 200));
      throw new AuthorizationError(
        `${shown} may not be downloaded: only stormdist/ID/stormjar.jar of a live topology may`,
      );
    }
    if (this.#downloads.size >= downloadsMax) {
      throw new AuthorizationError(`there are ${downloadsMax} downloads already; try again later`);
    }
    const id = randomUUID();
    const file = await open(path);
    this.#downloads.set(id, { file, position: 0, expiry: this.#expiry(id) });
    return id;
  }

  /** The next bytes; none at the end, which also ends the download. @throws AuthorizationError */
  async next(id: string): Promise<Buffer> {
    const download = this.#downloads.get(id);
    if (download === undefined) throw new AuthorizationError('there is no such download');
    clearTimeout(download.expiry);
    const position = download.position;
    download.position += chunkBytes;
    const { buffer, bytesRead } = await download.file.read({
      buffer: Buffer.allocUnsafe(chunkBytes),
      position,
    });
    if (bytesRead === 0) await this.#end(id);
    else download.expiry = this.#expiry(id);
    return buffer.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#downloads.keys()].map((id) => this.#end(id)));
  }

  #expiry(id: string): NodeJS.Timeout {
    return setTimeout(() => void this.#end(id), idleTimeoutMs).unref();
  }

  async #end(id: string): Promise<void> {
    const download = this.#downloads.get(id);
    if (download === undefined) return;
    this.#downloads.delete(id);
    clearTimeout(download.expiry);
    await download.file.close();
  }
}
