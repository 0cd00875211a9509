import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, projectRoot } from '../../conformance-tests/harness/index.ts';
import type { Release } from './releases.ts';

const fetchTimeoutMs = 600_000;

/** Dependencies that only Clojars has, and a second log backend that would take the first's place. */
const excluded: readonly (readonly [string, string])[] = [
  ['ring-cors', '*'],
  ['org.clojars.bipinprasad', '*'],
  ['org.slf4j', 'slf4j-reload4j'],
];

/** Brings the jars of that version from Maven Central into folders of `home`, once. */
export async function bringStorm(release: Release, home: string): Promise<void> {
  for (const [folder, artifacts] of Object.entries(release.libraries)) {
    const lib = join(home, folder);
    if (await exists(lib)) continue;
    await mkdir(home, { recursive: true });
    const pom = join(home, `${folder}.pom.xml`);
    await writeFile(pom, pomFor(artifacts, release.version));
    const unfinished = join(home, `${folder}.unfinished`);
    await rm(unfinished, { recursive: true, force: true });
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
    await mustRun('mvn', ['-q', '-B', '-f', pom, ...goal, `-DoutputDirectory=${unfinished}`], {
      timeoutMs: fetchTimeoutMs,
    });
    await rename(unfinished, lib);
  }
}

/** Storm looks for both names in its home, for its daemons and for the workers. */
export async function writeLogSettings(stormHome: string): Promise<void> {
  const directory = join(stormHome, 'log4j2');
  await mkdir(directory);
  for (const name of ['cluster.xml', 'worker.xml']) {
    await copyFile(join(projectRoot, 'bench/peers/log4j2.xml'), join(directory, name));
  }
}

function pomFor(artifacts: readonly string[], version: string): string {
  const exclusions = excluded.map(
    ([group, name]) =>
      `<exclusion><groupId>${group}</groupId><artifactId>${name}</artifactId></exclusion>`,
  );
  const dependencies = artifacts.map(
    (artifact) => `<dependency>
      <groupId>org.apache.storm</groupId><artifactId>${artifact}</artifactId>
      <version>${version}</version>
      <exclusions>${exclusions.join('')}</exclusions>
    </dependency>`,
  );
  return `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>peers</groupId><artifactId>storm</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>${dependencies.join('')}</dependencies>
</project>
`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
