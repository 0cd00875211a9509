import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../durable-file.ts';
import { SerialQueue } from './serial-queue.ts';

/** Jars by their content: the same jar submitted twice takes its space once. */
export class BlobFolder {
  readonly #path: string;
  /** Between taking in a jar and linking it, it must not be cleared away as unused. */
  readonly #queue = new SerialQueue();

  constructor(path: string) {
    this.#path = path;
  }

  /** Copies a file in, and makes it appear as `target` too; both survive a power cut. */
  async takeIn(source: string, target: string): Promise<void> {
    const temporary = join(this.#path, `${randomUUID()}.part`);
    try {
      const sha256 = await copyHashed(source, temporary);
      await this.#queue.run(async () => {
        const blob = join(this.#path, sha256);
        await rename(temporary, blob);
        await syncFolder(this.#path);
        await link(blob, target);
      });
    } finally {
      await rm(temporary, { force: true });
    }
  }

  /** Removes what no topology links to, and half copies. */
  async removeUnused(): Promise<void> {
    await this.#queue.run(async () => {
      for (const name of await readdir(this.#path)) {
        const file = join(this.#path, name);
        if (!name.endsWith('.part') && (await stat(file)).nlink === 1) await rm(file);
      }
    });
  }

  /** Removes half copies of a run that was killed; nothing may be taken in meanwhile. */
  async removeHalfCopies(): Promise<void> {
    for (const name of await readdir(this.#path)) {
      if (name.endsWith('.part')) await rm(join(this.#path, name));
    }
  }
}

async function copyHashed(source: string, target: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await open(target, 'wx', 0o600);
  try {
    for await (const chunk of createReadStream(source, { highWaterMark: 1024 * 1024 })) {
      hash.update(chunk);
      await handle.writeFile(chunk);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}
