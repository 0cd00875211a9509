import { access, copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun, projectRoot } from '../../conformance-tests/harness/index.ts';

const fetchTimeoutMs = 600_000;

/** Brings storm-core of that version and all it needs from Maven Central into `home`/lib, once. */
export async function bringStorm(version: string, home: string): Promise<string> {
  const lib = join(home, 'lib');
  if (await exists(lib)) return lib;
  await mkdir(home, { recursive: true });
  const pom = join(home, 'pom.xml');
  await writeFile(pom, pomFor(version));
  const unfinished = join(home, 'lib.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime'];
  await mustRun('mvn', ['-q', '-B', '-f', pom, ...goal, `-DoutputDirectory=${unfinished}`], {
    timeoutMs: fetchTimeoutMs,
  });
  await rename(unfinished, lib);
  return lib;
}

/** Storm looks for both names in its home, for its daemons and for the workers. */
export async function writeLogSettings(stormHome: string): Promise<void> {
  const directory = join(stormHome, 'log4j2');
  await mkdir(directory);
  for (const name of ['cluster.xml', 'worker.xml']) {
    await copyFile(join(projectRoot, 'bench/peers/log4j2.xml'), join(directory, name));
  }
}

function pomFor(version: string): string {
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>peers</groupId><artifactId>storm</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.storm</groupId><artifactId>storm-core</artifactId>
      <version>${version}</version>
    </dependency>
  </dependencies>
</project>
`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
