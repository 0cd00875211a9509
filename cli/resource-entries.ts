import { readdir, readFile } from 'node:fs/promises';
import { join, posix, relative, sep } from 'node:path';
import { CommandError } from './errors.ts';
import type { ZipEntry } from './zip-file.ts';

/**
 * The files of these folders, below `resources/` as Storm's workers look for them.
 * @throws CommandError for a folder that cannot be read
 */
export async function resourceEntries(folders: readonly string[]): Promise<readonly ZipEntry[]> {
  const entries = await Promise.all(folders.map((folder) => folderEntries(folder, 'resources')));
  return entries.flat();
}

/**
 * The files of a folder, below `prefix`; links are left out.
 * @throws CommandError for a folder that cannot be read
 */
export async function folderEntries(folder: string, prefix: string): Promise<readonly ZipEntry[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = found.filter((each) => each.isFile());
    return await Promise.all(
      files.map(async (file): Promise<ZipEntry> => {
        const path = join(file.parentPath, file.name);
        const name = relative(folder, path).split(sep).join('/');
        return { name: posix.join(prefix, name), bytes: await readFile(path) };
      }),
    );
  } catch (error) {
    throw new CommandError(
      `the resources in ${folder} cannot be read: ${(error as Error).message}`,
    );
  }
}
