import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RequestError } from '../../storm-api/http/index.ts';
import type { UploadAnswer } from './submission-answers.ts';

/** The oldest goes when there are more. */
const filesMax = 8;
const programEndings = new Set(['.ts', '.mts', '.js', '.mjs']);

export interface Upload {
  readonly file: string;
  readonly name: string;
  readonly path: string;
  readonly bytes: number;
  readonly kind: UploadAnswer['kind'];
}

/** Files from users' machines in a folder of ours, under names of ours. */
export class Uploads {
  readonly #folder: string;
  readonly #uploads = new Map<string, Upload>();

  readonly #bytesMax: number;

  /** @param folder ours alone: what is in it is removed. @param bytesMax of one file */
  constructor(folder: string, bytesMax: number) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
  }

  async clear(): Promise<void> {
    this.#uploads.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** @param name what the user calls it: only its ending counts. @throws RequestError */
  async take(name: string, content: Readable): Promise<Upload> {
    const ending = extname(name).toLowerCase();
    const kind = kindOf(ending);
    const file = randomUUID();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, `${file}${ending}`);
    const meter = new Meter(this.#bytesMax);
    try {
      await pipeline(content, meter, createWriteStream(path, { mode: 0o600, flags: 'wx' }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    const upload = { file, name, path, kind, bytes: meter.bytes };
    this.#uploads.set(file, upload);
    await this.#removeOldest();
    return upload;
  }

  /** @throws RequestError */
  find(file: string): Upload {
    const upload = this.#uploads.get(file);
    if (upload === undefined)
      throw new RequestError(404, 'that file is not here any more: choose it again');
    return upload;
  }

  async remove(file: string): Promise<void> {
    const upload = this.#uploads.get(file);
    this.#uploads.delete(file);
    if (upload !== undefined) await rm(upload.path, { force: true });
  }

  async #removeOldest(): Promise<void> {
    for (const file of this.#uploads.keys()) {
      if (this.#uploads.size <= filesMax) return;
      await this.remove(file);
    }
  }
}

function kindOf(ending: string): Upload['kind'] {
  if (ending === '.jar') return 'jar';
  if (programEndings.has(ending)) return 'program';
  throw new RequestError(400, 'a topology comes as .jar, .ts, .mts, .js or .mjs');
}

/** Counts what flows through, up to the limit. */
class Meter extends Transform {
  bytes = 0;
  readonly #bytesMax: number;

  constructor(bytesMax: number) {
    super();
    this.#bytesMax = bytesMax;
  }

  override _transform(
    chunk: Buffer,
    _: string,
    done: (error: Error | null, data?: Buffer) => void,
  ) {
    this.bytes += chunk.length;
    if (this.bytes <= this.#bytesMax) done(null, chunk);
    else done(new RequestError(413, 'the file is too large'));
  }
}
