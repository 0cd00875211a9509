import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { jars, mustRun, projectRoot } from '../../conformance-tests/harness/index.ts';
import type { Release } from './releases.ts';

const oldPackage = 'backtype.storm';
const library = 'multilang-javascript';
const sources = 'conformance-tests/topologies/src/main/java/acme/bench';
const roots = ['Sol', 'ShellSol', 'Shell', 'WordCount', 'Diamond', 'Latency', 'Blocked'];

/**
 * The jar with the topologies of the message passing comparisons: the one that ours runs too, or,
 * for a Storm that calls its classes otherwise, the same sources with the other package name,
 * compiled in `directory` against that Storm.
 */
export async function benchJar(
  release: Release,
  libraries: string,
  directory: string,
): Promise<string> {
  if (release.stormPackage === oldPackage) return jars.acme;
  const renamed = join(directory, 'sources');
  const classes = join(directory, 'classes');
  const folder = join(renamed, 'acme/bench');
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(join(projectRoot, sources))) {
    const text = await readFile(join(projectRoot, sources, name), 'utf8');
    await writeFile(join(folder, name), text.replaceAll(oldPackage, release.stormPackage));
  }
  const files = roots.map((name) => join(folder, `${name}.java`));
  const classPath = `${libraries}/*`;
  const options = ['--release', '8', '-nowarn', '-proc:none', '-sourcepath', renamed];
  await mustRun('javac', [...options, '-cp', classPath, '-d', classes, ...files]);
  await addResources(
    classes,
    join(dirname(libraries), `multilang/${library}-${release.version}.jar`),
  );
  const jar = join(directory, 'bench.jar');
  await mustRun('jar', ['cf', jar, '-C', classes, '.']);
  return jar;
}

/** What subprocesses find in their directory: the program of a bench, and Storm's library for it. */
async function addResources(classes: string, libraryJar: string): Promise<void> {
  await mustRun('jar', ['xf', libraryJar, 'resources/storm.js'], { directory: classes });
  await copyFile(join(projectRoot, 'bench/shell/sol.js'), join(classes, 'resources/sol.js'));
}
