import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from './lock.mjs';
import { filesBelow, fingerprint, Stamp } from './stamp.mjs';
import { placeStormCommand } from './storm-command.mjs';
import { surefireCounts, Tally, vitestCounts } from './tally.mjs';
import { checkJava, checkNode } from './tools.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-setup-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const file = join(folder, name);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, content);
  return file;
}

describe('a stamp', () => {
  it('is fresh only for the same inputs and while every output exists', () => {
    const output = write('out.jar', 'x');
    const stamp = new Stamp(join(folder, 'stamps', 'step'), [output]);
    expect(stamp.isFresh('a')).toBe(false);
    stamp.remember('a');
    expect(stamp.isFresh('a')).toBe(true);
    expect(stamp.isFresh('b')).toBe(false);
    rmSync(output);
    expect(stamp.isFresh('a')).toBe(false);
  });

  it('of a step that was cut short does not count', () => {
    const stamp = new Stamp(join(folder, 'step'), []);
    stamp.remember('a');
    stamp.forget();
    expect(stamp.isFresh('a')).toBe(false);
  });
});

it('the command storm runs gearstorm with its own home, also through a link', () => {
  const program = write('bin/gearstorm', '#!/bin/sh\necho "$STORM_HOME" "$@"\n');
  chmodSync(program, 0o755);
  const home = join(folder, 'build', 'storm-x');
  placeStormCommand(home, ['-c', 'a=b']);
  const link = join(folder, 'storm');
  symlinkSync(join(home, 'bin', 'storm'), link);
  const { STORM_HOME: _, ...rest } = process.env;
  const told = (env: NodeJS.ProcessEnv) =>
    execFileSync(link, ['kill', 'a b'], { env, encoding: 'utf8' }).trim();
  expect(told(rest)).toBe(`${home} -c a=b kill a b`);
  expect(told({ ...rest, STORM_HOME: '/opt/storm' })).toBe('/opt/storm -c a=b kill a b');
});

describe('the fingerprint', () => {
  it('changes with a content, a name and a tool, and not with the time of a file', () => {
    const before = fingerprint([write('a', '1')], ['java 17']);
    expect(fingerprint([write('a', '1')], ['java 17'])).toBe(before);
    expect(fingerprint([write('a', '2')], ['java 17'])).not.toBe(before);
    expect(fingerprint([write('b', '1')], ['java 17'])).not.toBe(before);
    expect(fingerprint([write('a', '1')], ['java 21'])).not.toBe(before);
  });

  it('covers sources and leaves out what builds leave behind', () => {
    write('a.ts', '');
    write('deep/b.ts', '');
    write('deep/target/c.ts', '');
    write('node_modules/d.ts', '');
    const names = filesBelow(folder, (file: string) => file.endsWith('.ts'));
    expect(names).toEqual([join(folder, 'a.ts'), join(folder, 'deep', 'b.ts')]);
  });
});

describe('the lock', () => {
  it('lets one run work at a time', async () => {
    const file = join(folder, 'lock');
    const order: string[] = [];
    let letFirstEnd = () => {};
    const firstMayEnd = new Promise<void>((resolve) => {
      letFirstEnd = resolve;
    });
    const first = withLock(file, assertNeverWaits, async () => {
      order.push('first in');
      await firstMayEnd;
      order.push('first out');
    });
    const second = withLock(file, letFirstEnd, async () => {
      order.push('second in');
    });
    await Promise.all([first, second]);
    expect(order).toEqual(['first in', 'first out', 'second in']);
  });

  it('is taken over from a process that died', async () => {
    const file = write('lock', '2147483646');
    expect(await withLock(file, assertNeverWaits, async () => 'done')).toBe('done');
  });
});

function assertNeverWaits(): void {
  throw new Error('nobody holds the lock');
}

describe('the tools', () => {
  it('are refused with what to install when too old or missing', () => {
    expect(() => checkNode('18.20.1')).toThrow(
      'Node 18.20.1 is too old: install Node 20.19 or newer',
    );
    expect(() => checkJava('javac 1.8.0_402')).toThrow(
      'javac 1.8.0_402 is too old: install a JDK 17',
    );
    expect(() => checkJava(null)).toThrow('the Java compiler is missing: install a JDK 17');
  });

  it('are taken when new enough', () => {
    checkNode('20.19.0');
    checkNode('24.0.0');
    checkJava('javac 17.0.15');
  });
});

describe('the closing line', () => {
  it('sums the suites and counts one in which nothing ran as a failure', () => {
    const tally = new Tally();
    tally.add('checks', 3, 0);
    tally.add('java', 10, 1);
    expect(`${tally}`).toBe('13 passed, 1 failed');
    tally.add('typescript', 0, 0);
    expect(`${tally}`).toBe('13 passed, 2 failed');
  });

  it('counts a TypeScript test file that does not load', () => {
    const assertion = { status: 'passed' };
    const report = write(
      'vitest.json',
      JSON.stringify({
        numPassedTests: 1,
        numFailedTests: 0,
        testResults: [
          { status: 'passed', assertionResults: [assertion] },
          { status: 'failed', assertionResults: [] },
        ],
      }),
    );
    expect(vitestCounts(report)).toEqual({ passed: 1, failed: 1 });
    expect(vitestCounts(join(folder, 'none.json'))).toEqual({ passed: 0, failed: 1 });
  });

  it('reads the Java reports of all modules', () => {
    write(
      'host/target/surefire-reports/TEST-a.xml',
      '<?xml version="1.0"?><testsuite name="a" time="1" tests="5" errors="1" skipped="1" failures="1"/>',
    );
    write(
      'storm/target/surefire-reports/TEST-b.xml',
      '<testsuite tests="2" errors="0" failures="0"/>',
    );
    write('pom.xml', '');
    expect(surefireCounts(folder)).toEqual({ passed: 4, failed: 2 });
  });
});
