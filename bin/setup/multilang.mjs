import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './command.mjs';
import { build, root } from './paths.mjs';
import { filesBelow } from './stamp.mjs';

const unpack = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack-dependencies';
/** Releases of Storm whose libraries for components in other languages the tests and the bench run; 0.9.4's are in the starter jar. */
const releases = ['1.2.3', '2.8.3'];
const sources = join(root, 'conformance-tests', 'multilang', 'libraries');
const target = join(build, 'multilang');
const python = join(target, 'python');

/** What users write components in other languages with, as it is published. */
export const multilangSteps = [
  {
    name: 'multilang-storm',
    title: 'storm.py, storm.rb and storm.js of Storm 1.2.3 and 2.8.3 (Maven Central)',
    inputs: () => filesBelow(sources, (file) => file.endsWith('pom.xml')),
    outputs: releases.map((release) => join(target, release, 'resources', 'storm.js')),
    run: bringStorms,
  },
  {
    name: 'multilang-python',
    title: 'pystorm and streamparse (PyPI)',
    inputs: () => [join(sources, 'requirements.txt')],
    outputs: [join(python, 'bin', 'sparse')],
    run: bringPython,
  },
];

async function bringStorms() {
  for (const release of releases) {
    const home = join(target, release);
    rmSync(home, { recursive: true, force: true });
    await run('mvn', [
      '-q',
      '-B',
      '-f',
      join(sources, release, 'pom.xml'),
      unpack,
      '-DincludeScope=runtime',
      '-Dmdep.unpack.includes=resources/**',
      `-DoutputDirectory=${home}`,
      `-DmarkersDirectory=${join(home, 'markers')}`,
    ]);
  }
}

async function bringPython() {
  rmSync(python, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', python]);
  const requirements = join(sources, 'requirements.txt');
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input'];
  await run(join(python, 'bin', 'pip'), ['install', ...quietly, '-r', requirements]);
}
