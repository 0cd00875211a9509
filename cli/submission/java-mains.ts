import { buffer } from 'node:stream/consumers';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CommandError } from '../errors.ts';
import { hasMain } from './class-file.ts';

/** A class file is never near this; an archive that says so is not unpacked. */
const classBytesMax = 2 * 1024 * 1024;
const entriesMax = 65_535;
/** Where libraries are packed along, their mains are nobody's topology; more than this nobody reads. */
const mainsMax = 500;

/**
 * The classes of a jar that can be run, the manifest's Main-Class first, then by name.
 * @throws CommandError when it is no jar
 */
export async function javaMains(jar: string): Promise<readonly string[]> {
  const zip = await openJar(jar);
  try {
    const found = new Set<string>();
    let named: string | null = null;
    let entries = 0;
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > entriesMax) break;
      if (entry.fileName === 'META-INF/MANIFEST.MF') named = await mainOfManifest(zip, entry);
      else if (await isMain(zip, entry)) found.add(classNameOf(entry.fileName));
    }
    if (named !== null) found.delete(named);
    return [...(named === null ? [] : [named]), ...[...found].sort()].slice(0, mainsMax);
  } catch (error) {
    throw notAJar(error);
  } finally {
    zip.close();
  }
}

async function openJar(jar: string): Promise<ZipFile> {
  try {
    return await openPromise(jar, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw notAJar(error);
  }
}

/** Storm's own classes are packed along by accident; they submit nothing. */
async function isMain(zip: ZipFile, entry: Entry): Promise<boolean> {
  const { fileName, uncompressedSize } = entry;
  if (!fileName.endsWith('.class') || uncompressedSize > classBytesMax) return false;
  if (fileName.startsWith('META-INF/')) return false;
  return hasMain(await contentOf(zip, entry));
}

async function mainOfManifest(zip: ZipFile, entry: Entry): Promise<string | null> {
  if (entry.uncompressedSize > classBytesMax) return null;
  const text = (await contentOf(zip, entry)).toString('utf8');
  // A long line goes on in the next one, after a blank.
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n /g, '');
  return /^Main-Class: *([\w$.]+) *$/m.exec(lines)?.[1] ?? null;
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  return await buffer(await zip.openReadStreamPromise(entry));
}

function classNameOf(fileName: string): string {
  return fileName.slice(0, -'.class'.length).replaceAll('/', '.');
}

function notAJar(error: unknown): CommandError {
  return new CommandError(
    `this is not a jar file (${error instanceof Error ? error.message : String(error)})`,
  );
}
