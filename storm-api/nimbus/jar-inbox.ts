import { randomUUID } from 'node:crypto';
import { constants, writeSync } from 'node:fs';
import { chmod, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AuthorizationError } from '../errors.ts';

/** An upload that cannot go on: a limit, or what the disk said; the message is for the client. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
}

export interface InboxLimits {
  readonly uploadBytesMax: number;
  /** Uploads that are open at a time, and as many finished ones that may be submitted again. */
  readonly uploadsMax: number;
  /** An open upload without a new chunk is given up (Storm's nimbus.file.copy.expiration.secs). */
  readonly idleTimeoutMs: number;
  /** An open one may be given up after as long without a new chunk when there are too many. */
  readonly yieldMs: number;
  /** A finished one may be submitted again for as long (Storm's nimbus.inbox.jar.expiration.secs). */
  readonly keepMs: number;
}

export const defaultInboxLimits: InboxLimits = {
  uploadBytesMax: 1024 * 1024 * 1024,
  uploadsMax: 64,
  idleTimeoutMs: 600_000,
  yieldMs: 30_000,
  keepMs: 3_600_000,
};

export interface InboxOptions {
  /** Ours alone: what is in it when we start is removed. */
  readonly directory: string;
  readonly limits?: Partial<InboxLimits>;
  /** Milliseconds of a clock that only moves forward. */
  readonly now?: () => number;
  readonly openFile?: (path: string) => Promise<UploadFile>;
}

/** What an upload needs of an open file. */
export interface UploadFile {
  /** Writes at once, as many bytes as it can, and says how many. @throws the system's error */
  write(bytes: Uint8Array, position: number): number;
  close(): Promise<void>;
}

interface Upload {
  readonly path: string;
  /** null before the file is open and once it is closed. */
  file: UploadFile | null;
  finished: boolean;
  size: number;
  lastUseMs: number;
  /** Chunks that were taken and are not written yet. */
  waiting: { readonly chunk: Uint8Array; readonly position: number }[];
  /** Why a chunk that was taken could not be written; the next call hears of it. */
  problem: UploadError | null;
}

/**
 * Jars that clients upload before they submit. A location is a random name of ours in one private
 * folder, and only names that we gave out are ever looked up: no client names a file.
 */
export class JarInbox {
  readonly #directory: string;
  readonly #limits: InboxLimits;
  readonly #now: () => number;
  readonly #openFile: (path: string) => Promise<UploadFile>;
  readonly #uploads = new Map<string, Upload>();

  private constructor(options: InboxOptions) {
    this.#directory = options.directory;
    this.#limits = { ...defaultInboxLimits, ...options.limits };
    this.#now = options.now ?? (() => performance.now());
    this.#openFile = options.openFile ?? openUploadFile;
  }

  /** @throws the system's error when the folder cannot be made or emptied. */
  static async open(options: InboxOptions): Promise<JarInbox> {
    const { directory } = options;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await chmod(directory, 0o700);
    const leftovers = await readdir(directory);
    await Promise.all(leftovers.map((name) => rm(join(directory, name), { recursive: true })));
    return new JarInbox(options);
  }

  /** Starts an upload and returns its location. @throws UploadError */
  async begin(): Promise<string> {
    await this.expire();
    await this.#makeRoom();
    const { uploadsMax } = this.#limits;
    const open = [...this.#uploads.values()].filter(({ finished }) => !finished);
    if (open.length >= uploadsMax) {
      throw new UploadError(`there are ${uploadsMax} uploads already; try again later`);
    }
    const location = `stormjar-${randomUUID()}.jar`;
    const path = join(this.#directory, location);
    const upload: Upload = {
      path,
      file: null,
      finished: false,
      size: 0,
      lastUseMs: this.#now(),
      waiting: [],
      problem: null,
    };
    this.#uploads.set(location, upload);
    try {
      upload.file = await this.#openFile(path);
    } catch (cause) {
      this.#uploads.delete(location);
      throw storageError(cause);
    }
    return location;
  }

  /**
   * Takes the next chunk. It is written at once, or as the `later` work, until which its bytes must
   * stay as they are; what goes wrong then is told at the next call for this upload. Writing goes to
   * the system's cache and takes less time than handing it to another thread (docs/decisions/0007).
   * @throws AuthorizationError when it is no open upload of ours; UploadError, which ends it.
   */
  async append(
    location: string,
    chunk: Uint8Array,
    later: (work: () => void) => void = (work) => work(),
  ): Promise<void> {
    const { upload } = await this.#openUpload(location);
    const { uploadBytesMax } = this.#limits;
    if (upload.size + chunk.length > uploadBytesMax) {
      await this.#remove(location, upload);
      throw new UploadError(
        `an upload may have ${uploadBytesMax} bytes at most: gearstorm.upload.bytes.max says so`,
      );
    }
    upload.waiting.push({ chunk, position: upload.size });
    upload.size += chunk.length;
    later(() => writeWaiting(upload));
    await this.#throwProblem(location, upload);
  }

  /**
   * The file is whole when this resolves. It need not survive a power cut: the copy that a submission
   * makes of it does, and an inbox that opens starts empty. @throws AuthorizationError, UploadError
   */
  async finish(location: string): Promise<void> {
    const { upload, file } = await this.#openUpload(location);
    writeWaiting(upload);
    await this.#throwProblem(location, upload);
    try {
      upload.file = null;
      await file.close();
      upload.finished = true;
    } catch (cause) {
      await this.#remove(location, upload);
      throw storageError(cause);
    }
  }

  /** Path of a finished upload, to be copied from at once. @throws AuthorizationError */
  fileOf(location: string): string {
    const upload = this.#uploads.get(location);
    if (upload === undefined || !upload.finished) {
      throw new AuthorizationError(`${shown(location)} is not a finished upload to this Nimbus`);
    }
    upload.lastUseMs = this.#now();
    return upload.path;
  }

  /** Removes what nobody has used for too long. */
  async expire(): Promise<void> {
    const now = this.#now();
    for (const [location, upload] of this.#uploads) {
      const allowedMs = upload.finished ? this.#limits.keepMs : this.#limits.idleTimeoutMs;
      if (now - upload.lastUseMs > allowedMs) await this.#remove(location, upload);
    }
  }

  /** Removes every upload. */
  async close(): Promise<void> {
    for (const [location, upload] of this.#uploads) await this.#remove(location, upload);
  }

  /** Neither what was submitted before nor what was left half way keeps others from uploading. */
  async #makeRoom(): Promise<void> {
    for (const finished of [true, false]) {
      const alike = [...this.#uploads].filter(([, upload]) => upload.finished === finished);
      if (alike.length < this.#limits.uploadsMax) continue;
      alike.sort(([, one], [, other]) => one.lastUseMs - other.lastUseMs);
      const [location, upload] = alike[0] ?? [];
      if (location === undefined || upload === undefined) continue;
      const idleMs = this.#now() - upload.lastUseMs;
      if (finished || idleMs > this.#limits.yieldMs) await this.#remove(location, upload);
    }
  }

  async #openUpload(
    location: string,
  ): Promise<{ readonly upload: Upload; readonly file: UploadFile }> {
    const upload = this.#uploads.get(location);
    if (upload === undefined || upload.file === null) {
      throw new AuthorizationError(`${shown(location)} is not an open upload to this Nimbus`);
    }
    upload.lastUseMs = this.#now();
    await this.#throwProblem(location, upload);
    return { upload, file: upload.file };
  }

  async #throwProblem(location: string, upload: Upload): Promise<void> {
    if (upload.problem === null) return;
    await this.#remove(location, upload);
    throw upload.problem;
  }

  async #remove(location: string, upload: Upload): Promise<void> {
    this.#uploads.delete(location);
    const { file } = upload;
    upload.file = null;
    // A file system that failed once may fail here too; the name is forgotten in any case.
    await file?.close().catch(() => undefined);
    await rm(upload.path, { force: true }).catch(() => undefined);
  }
}

async function openUploadFile(path: string): Promise<UploadFile> {
  const { O_CREAT, O_EXCL, O_WRONLY, O_NOFOLLOW } = constants;
  const handle = await open(path, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0o600);
  return {
    write: (bytes, position) => writeSync(handle.fd, bytes, 0, bytes.length, position),
    close: () => handle.close(),
  };
}

/** Never throws: a problem is kept for the next call. */
function writeWaiting(upload: Upload): void {
  const { file, waiting } = upload;
  upload.waiting = [];
  if (file === null || upload.problem !== null) return;
  try {
    for (const { chunk, position } of waiting) writeWhole(file, chunk, position);
  } catch (cause) {
    upload.problem = storageError(cause);
  }
}

function writeWhole(file: UploadFile, bytes: Uint8Array, position: number): void {
  let done = 0;
  while (done < bytes.length) done += file.write(bytes.subarray(done), position + done);
}

function storageError(cause: unknown): UploadError {
  if (cause instanceof UploadError) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  const reason = code === 'ENOSPC' ? 'no space is left on its disk' : code;
  return new UploadError(`Nimbus could not store the upload: ${reason}`, { cause });
}

function shown(location: string): string {
  return JSON.stringify(location.slice(0, 200));
}
