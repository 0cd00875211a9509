import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a new file that only we may read; it survives a power cut when this resolves. */
export async function writeDurably(file: string, content: string | Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes a file in place of the one there; after a power cut it is the old one or the new one. */
export async function replaceDurably(file: string, content: string | Uint8Array): Promise<void> {
  const next = `${file}.new`;
  await rm(next, { force: true });
  await writeDurably(next, content);
  await rename(next, file);
  await syncFolder(dirname(file));
}

/** Makes the names in a folder survive a power cut. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
