import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openPromise, type ZipFile } from 'yauzl';
import { CommandError } from './errors.ts';

/**
 * Finds out before a JVM starts what would only end in a stack trace.
 *
 * @throws CommandError when there is no such jar, or no class of that name in it or in `otherJars`
 */
export async function checkJar(
  jar: string,
  className: string,
  otherJars: readonly string[],
): Promise<void> {
  const found = await stat(jar).catch(() => null);
  if (found === null) throw new CommandError(`${jar}: there is no such file`);
  if (!found.isFile()) throw new CommandError(`${jar} is not a jar file`);
  const entry = `${className.replaceAll('.', '/')}.class`;
  for (const each of [jar, ...otherJars]) {
    if (await hasEntry(each, entry)) return;
  }
  throw new CommandError(`${jar} has no class ${className}`);
}

/** @param jar or a folder of classes */
async function hasEntry(jar: string, name: string): Promise<boolean> {
  if ((await stat(jar)).isDirectory()) return existsSync(join(jar, name));
  const zip = await openJar(jar);
  try {
    for await (const entry of zip.eachEntry()) if (entry.fileName === name) return true;
    return false;
  } catch (error) {
    throw notAJar(jar, error);
  } finally {
    zip.close();
  }
}

async function openJar(jar: string): Promise<ZipFile> {
  try {
    return await openPromise(jar, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw notAJar(jar, error);
  }
}

function notAJar(jar: string, error: unknown): CommandError {
  return new CommandError(
    `${jar} is not a jar file (${error instanceof Error ? error.message : String(error)})`,
  );
}
