import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { InvalidTopologyError } from '../../storm-api/index.ts';

/** What a jar may unpack to; sizes in bytes. */
export interface UnpackLimits {
  readonly entriesMax: number;
  readonly totalBytesMax: number;
  /** Unpacked size over packed size, for entries above `ratioFromBytes`. */
  readonly ratioMax: number;
  readonly ratioFromBytes: number;
}

/** @param totalBytesMax of `gearstorm.upload.bytes.max` */
export function unpackLimits(totalBytesMax: number): UnpackLimits {
  return { entriesMax: 100_000, totalBytesMax, ratioMax: 200, ratioFromBytes: 8 * 1024 * 1024 };
}

const resources = 'resources/';
/** Where a client puts the program of a topology's native components. */
const program = 'gearstorm/program/';
const fileTypeMask = 0o170000;
const symbolicLink = 0o120000;
const anyExecute = 0o111;

/**
 * Unpacks what lies under resources/ of a jar into the folder, where shell components run.
 * @throws InvalidTopologyError when the file is no jar, or an entry leads out of the folder, is a
 * symbolic link or unpacks to more than the limits.
 */
export function unpackResources(jar: string, folder: string, limits: UnpackLimits): Promise<void> {
  return unpackBelow(resources, { jar, folder, limits });
}

/** The same of the program of native components, if the jar has one. */
export function unpackProgram(jar: string, folder: string, limits: UnpackLimits): Promise<void> {
  return unpackBelow(program, { jar, folder, limits });
}

interface Unpacking {
  readonly jar: string;
  readonly folder: string;
  readonly limits: UnpackLimits;
}

async function unpackBelow(prefix: string, { jar, folder, limits }: Unpacking): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    const zip = await openPromise(jar, { autoClose: false, decodeStrings: true });
    try {
      await unpackEntries(zip, prefix, { folder, limits });
    } finally {
      zip.close();
    }
  } catch (cause) {
    throw asJarError(cause);
  }
}

async function unpackEntries(
  zip: ZipFile,
  prefix: string,
  { folder, limits }: Omit<Unpacking, 'jar'>,
): Promise<void> {
  let entries = 0;
  let totalBytes = 0;
  for await (const entry of zip.eachEntry()) {
    if (++entries > limits.entriesMax) {
      throw new InvalidTopologyError(`the jar has more than ${limits.entriesMax} entries`);
    }
    if (!entry.fileName.startsWith(prefix)) continue;
    totalBytes += entry.uncompressedSize;
    checkEntry(entry, totalBytes, limits, prefix);
    await unpackEntry(zip, entry, join(folder, entry.fileName.slice(prefix.length)));
  }
}

/** The reader holds the real sizes against the declared ones, so the declared ones may be judged. */
function checkEntry(entry: Entry, totalBytes: number, limits: UnpackLimits, prefix: string): void {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if ((unixMode(entry) & fileTypeMask) === symbolicLink) {
    throw new InvalidTopologyError(`the jar's ${fileName} is a symbolic link`);
  }
  const suspicious = uncompressedSize > limits.ratioFromBytes;
  if (suspicious && uncompressedSize > compressedSize * limits.ratioMax) {
    throw new InvalidTopologyError(`the jar's ${fileName} unpacks to ${uncompressedSize} bytes`);
  }
  if (totalBytes > limits.totalBytesMax) {
    throw new InvalidTopologyError(
      `the jar's ${prefix} unpacks to more than ${limits.totalBytesMax} bytes, which gearstorm.upload.bytes.max allows`,
    );
  }
}

async function unpackEntry(zip: ZipFile, entry: Entry, target: string): Promise<void> {
  if (entry.fileName.endsWith('/')) {
    await mkdir(target, { recursive: true, mode: 0o700 });
    return;
  }
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const mode = (unixMode(entry) & anyExecute) === 0 ? 0o600 : 0o700;
  await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target, { mode }));
}

/** 0 when the jar was made where files have no Unix modes. */
function unixMode(entry: Entry): number {
  return entry.externalFileAttributes >>> 16;
}

/** Errors of the file system stay what they are; everything else is the jar's fault. */
function asJarError(cause: unknown): unknown {
  const fromSystem = cause instanceof Error && 'syscall' in cause;
  if (cause instanceof InvalidTopologyError || fromSystem) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new InvalidTopologyError(`the topology's jar cannot be read: ${reason}`, { cause });
}
