import { mkdir, stat } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { CommandError } from './errors.ts';

/**
 * Makes storm.local.dir, for us alone, with the folders above it.
 *
 * @throws CommandError with the system's reason, or when Java could not name files in it
 */
export async function makeLocalDirectory(path: string): Promise<void> {
  if (path.includes(delimiter)) {
    throw new CommandError(
      `storm.local.dir ${path} has a "${delimiter}" in it, which parts the entries of Java's class path: choose another`,
    );
  }
  try {
    await makeFolder(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError(`storm.local.dir ${path} cannot be made: ${reason}`);
  }
}

/** Folder by folder: Node's own recursive mkdir never returns below a file system such as /proc. */
async function makeFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory()) return;
  if (path !== dirname(path)) await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 });
}
