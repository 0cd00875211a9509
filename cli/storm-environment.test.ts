import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stormEnvironment } from './storm-environment.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-env-'));
  mkdirSync(join(folder, 'conf'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = `# JAVA_HOME:no
[other]
JAVA_HOME:/no

[environment]
; a comment
JAVA_HOME:/opt/java
STORM_JAR_JVM_OPTS = -Xmx1g -Da=b:c
Empty:
`;
const variables = {
  ...{ JAVA_HOME: '/opt/java', STORM_JAR_JVM_OPTS: '-Xmx1g -Da=b:c' },
  Empty: '',
};

it.each(['STORM_CONF_DIR', 'STORM_HOME'])('storm_env.ini is found by %s', (variable) => {
  writeFileSync(join(folder, 'conf', 'storm_env.ini'), text);
  const place = variable === 'STORM_HOME' ? folder : join(folder, 'conf');
  expect(stormEnvironment({ [variable]: place })).toEqual(variables);
});

it('without one nothing is set', () => {
  expect(stormEnvironment({})).toEqual({});
  expect(stormEnvironment({ STORM_CONF_DIR: folder })).toEqual({});
});
