import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { CommandError } from './errors.ts';
import type { ZipEntry } from './zip-file.ts';

/**
 * The files of these folders, below `resources/` as Storm's workers look for them.
 * @throws CommandError for a folder that cannot be read
 */
export async function resourceEntries(folders: readonly string[]): Promise<readonly ZipEntry[]> {
  const entries = await Promise.all(folders.map(entriesOf));
  return entries.flat();
}

async function entriesOf(folder: string): Promise<readonly ZipEntry[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = found.filter((each) => each.isFile());
    return await Promise.all(
      files.map((file) => entryOf(folder, join(file.parentPath, file.name))),
    );
  } catch (error) {
    throw new CommandError(
      `the resources in ${folder} cannot be read: ${(error as Error).message}`,
    );
  }
}

async function entryOf(folder: string, file: string): Promise<ZipEntry> {
  const name = relative(folder, file).split(sep).join('/');
  return { name: `resources/${name}`, bytes: await readFile(file) };
}
