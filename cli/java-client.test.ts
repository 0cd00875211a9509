import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ProductPaths } from './product-paths.ts';
import { testHome } from './program.fixture.ts';

const { at, run } = testHome();

/** In the place of a JDK's; it writes its arguments down. @returns how to read them */
function placeJava(exitCode = 0): () => readonly string[] {
  mkdirSync(at('bin'));
  const java = at('bin', 'java');
  const lines = 'for each in "$@"; do printf "%s\\n" "$each"; done';
  writeFileSync(java, `#!/bin/sh\n${lines} > ${at('args')}\nexit ${exitCode}\n`);
  chmodSync(java, 0o755);
  return () => readFileSync(at('args'), 'utf8').trimEnd().split('\n');
}

it('classpath names the jars of the Storm client', async () => {
  expect((await run(['classpath'])).out).toMatch(/storm-core-0\.9\.7\.jar/);
});

it('extlib and STORM_EXT_CLASSPATH come behind the jars of Storm', async () => {
  for (const name of ['extlib', 'extlib-daemon', 'more', 'classes', 'daemons']) {
    mkdirSync(at(name));
    if (name !== 'classes') writeFileSync(at(name, `${name}.jar`), '');
  }
  const environment = {
    STORM_HOME: at(),
    STORM_EXT_CLASSPATH: [at('more'), at('classes'), at('none')].join(':'),
    STORM_EXT_CLASSPATH_DAEMON: at('daemons', 'daemons.jar'),
  };
  const own = (await run(['classpath'])).out.trim();
  const more = [at('extlib', 'extlib.jar'), at('more', 'more.jar'), at('classes')];
  const daemons = [at('extlib-daemon', 'extlib-daemon.jar'), at('daemons', 'daemons.jar')];
  const printed = async (name: string) => (await run([name], environment)).out.trim();
  expect(await printed('classpath')).toBe([own, ...more].join(':'));
  expect(await printed('server_classpath')).toBe([own, ...more, ...daemons].join(':'));
});

it('the client is of the Storm release that the configuration names', async () => {
  const classpath = (version: string) =>
    run(['classpath', '-c', `gearstorm.storm.version=${version}`]);
  expect((await classpath('0.10.2')).out).toMatch(/storm-core-0\.10\.2\.jar/);
  expect((await classpath('1.2.4')).error).toMatch(/gearstorm\.storm\.version is "1\.2\.4"/);
});

const starter = new ProductPaths().starterJar;

it('jar refuses what it cannot run, before it starts a JVM', async () => {
  const notAJar = at('not-a.jar');
  writeFileSync(notAJar, 'hello');
  expect((await run(['jar', '/none.jar', 'Main'])).error).toBe('/none.jar: there is no such file');
  expect((await run(['jar', at(), 'Main'])).error).toBe(`${at()} is not a jar file`);
  expect((await run(['jar', notAJar, 'Main'])).error).toContain(`${notAJar} is not a jar file`);
  expect((await run(['jar', starter, 'no.Main'])).error).toBe(`${starter} has no class no.Main`);
  const noJava = await run(['jar', starter, 'storm.starter.ExclamationTopology'], {
    JAVA_HOME: at(),
  });
  expect(noJava.error).toContain('bin/java cannot be started (there is no such program)');
});

it("jar runs the user's class as storm jar does, and ends as it ends", async () => {
  const writtenArguments = placeJava(7);
  const environment = { JAVA_HOME: at(), STORM_JAR_JVM_OPTS: '-Xmx64m "-Dx=y z"' };
  const line = [
    'jar',
    starter,
    'storm.starter.ExclamationTopology',
    '-n',
    '3',
    '-c',
    'k=a,b c',
    '--x=1',
  ];
  const { code, out } = await run(line, environment);
  expect(code).toBe(7);
  expect(out).toMatch(/^Running: .*bin\/java -client -Dstorm\.options=k%3Da%2Cb\+c /);
  const args = writtenArguments();
  expect(args.slice(0, 2)).toEqual(['-client', '-Dstorm.options=k%3Da%2Cb+c']);
  expect(args).toContain('-Dstorm.conf.file=');
  expect(args).toContain('-Djava.library.path=/usr/local/lib:/opt/local/lib:/usr/lib');
  expect(args).toContain(`-Dstorm.log.dir=${join(new ProductPaths().stormHome(), 'logs')}`);
  expect(args[args.indexOf('-cp') + 1]).toContain(`storm-core-0.9.7.jar`);
  expect(args.slice(args.indexOf('-Xmx64m'))).toEqual([
    ...['-Xmx64m', '-Dx=y z', `-Dstorm.jar=${starter}`],
    ...['storm.starter.ExclamationTopology', '-n', '3', '--x=1'],
  ]);
});

it('jar asks Java for what storm.py of 0.10.2 asks it for', async () => {
  const writtenArguments = placeJava();
  for (const name of ['conf', 'extlib', 'ext']) mkdirSync(at(name));
  writeFileSync(at('extlib', 'extlib.jar'), '');
  writeFileSync(at('ext', 'ext.jar'), '');
  const main = 'storm.starter.ExclamationTopology';
  const options = ['-c', 'k=a,b c', '-c', 'gearstorm.storm.version=0.10.2'];
  await run(['jar', starter, main, '-n', '3', ...options, '--x=1'], {
    ...{ JAVA_HOME: at(), STORM_HOME: at(), STORM_EXT_CLASSPATH: at('ext') },
    STORM_JAR_JVM_OPTS: '-Xmx64m "-Dx=y z"',
  });
  const home = new ProductPaths().stormHome('storm-0.10');
  const libraries = new ProductPaths().stormLibraries('storm-0.10').join(':');
  const own = new ProductPaths().localPath('storm-0.10').join(':');
  const args = writtenArguments()
    .filter((each) => !/^(--add-opens=|-Dgearstorm\.|-XX:SharedArchiveFile=)/.test(each))
    .map((each) => each.replace(libraries, 'LIB').replaceAll(home, 'HOME'))
    .map((each) => each.replace(`${own}:`, '').replaceAll(at(), 'STORM_HOME'));
  // Noted from the script itself. It has beside these an empty -Ddaemon.name, and its own bin/ as
  // the last of the class path.
  expect(args).toEqual([
    ...['-client', '-Dstorm.options=k%3Da%2Cb+c,gearstorm.storm.version%3D0.10.2'],
    ...['-Dstorm.home=HOME', '-Dstorm.log.dir=HOME/logs'],
    ...['-Djava.library.path=/usr/local/lib:/opt/local/lib:/usr/lib', '-Dstorm.conf.file='],
    '-cp',
    `LIB:STORM_HOME/extlib/extlib.jar:STORM_HOME/ext/ext.jar:${starter}:STORM_HOME/conf`,
    ...['-Xmx64m', '-Dx=y z', `-Dstorm.jar=${starter}`, main, '-n', '3', '--x=1'],
  ]);
});

it("jar puts the folder of the client's storm.yaml on the class path, and names a --config", async () => {
  const writtenArguments = placeJava();
  const file = at('mine.yaml');
  writeFileSync(file, 'nimbus.host: h\nstorm.log.dir: /var/log/storm\n');
  await run(['jar', starter, 'storm.starter.ExclamationTopology', '--config', file], {
    JAVA_HOME: at(),
  });
  const args = writtenArguments();
  expect(args).toContain('-Dstorm.conf.file=mine.yaml');
  expect(args).toContain('-Dstorm.log.dir=/var/log/storm');
  expect(args[args.indexOf('-cp') + 1]?.split(':').at(-1)).toBe(at());
});

it.each([
  [['--ttl', '5', starter, 'storm.starter.ManualDRPC', '--ttl', '7'], '5', ['--ttl', '7']],
  [[starter, 'storm.starter.ManualDRPC', 'a', '--local-ttl=6'], '6', ['a']],
  [[starter, 'storm.starter.ManualDRPC'], '20', []],
  [['--ttl=0.5', starter, 'storm.starter.ManualDRPC'], '0.5', []],
  [[starter, 'storm.starter.ManualDRPC', '--', '--local-ttl', '6'], '20', ['--local-ttl', '6']],
])('local %j runs the main of a jar for what its --ttl says', async (line, secs, args) => {
  const writtenArguments = placeJava();
  expect((await run(['local', ...line], { JAVA_HOME: at() })).error).toBeNull();
  const words = writtenArguments();
  const main = words.indexOf('gearstorm.local0x.LocalMain');
  expect(words.slice(main + 1)).toEqual([secs, 'storm.starter.ManualDRPC', ...args]);
});

it.each([
  [['--java-debug', 'transport=dt_socket,address=8000', starter, 'storm.starter.ManualDRPC']],
  [[starter, 'storm.starter.ManualDRPC', '--java-debug=transport=dt_socket,address=8000']],
])('local %j loads the debugging agent', async (line) => {
  const javaWords = placeJava();
  expect((await run(['local', ...line], { JAVA_HOME: at() })).error).toBeNull();
  const words = javaWords();
  const agent = words.indexOf('-agentlib:jdwp=transport=dt_socket,address=8000');
  expect(agent).toBeGreaterThan(0);
  expect(agent).toBeLessThan(words.indexOf('gearstorm.local0x.LocalMain'));
});
