import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CommandContext } from './command-context.ts';
import { takeGlobalOptions } from './global-options.ts';
import { ProductPaths } from './product-paths.ts';
import { runCommand } from './program.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

class Text extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

interface Outcome {
  readonly out: string;
  readonly code: number;
  readonly error: string | null;
}

/** Runs one command line with a home of its own. */
async function run(
  line: readonly string[],
  environment: Record<string, string> = {},
): Promise<Outcome> {
  const { rest, ...options } = takeGlobalOptions(line);
  const out = new Text();
  let code = 0;
  const context: CommandContext = {
    options,
    paths: new ProductPaths(),
    environment: { HOME: folder, PATH: process.env['PATH'], ...environment },
    out,
    err: new Text(),
    setExitCode: (exitCode) => {
      code = exitCode;
    },
  };
  try {
    await runCommand(rest, context);
    return { out: out.text, code, error: null };
  } catch (error) {
    const { message, exitCode } = error as Error & { exitCode?: number };
    return { out: out.text, code: exitCode ?? 1, error: message };
  }
}

it('an unknown command ends with 254, as in Storm, and a guess', async () => {
  expect(await run(['lisst'])).toMatchObject({
    code: 254,
    error: 'Unknown command: [gearstorm lisst]: did you mean list?',
  });
  expect(await run(['help', 'kil'])).toMatchObject({ code: 254 });
});

it('help is no error, no command is', async () => {
  expect(await run(['help'])).toMatchObject({ code: 0, out: expect.stringContaining('kill') });
  expect(await run(['help', 'kill'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('--wait'),
  });
  expect(await run(['help', 'jar'])).toMatchObject({
    code: 0,
    out: expect.stringContaining('<class>'),
  });
  expect(await run([])).toMatchObject({ code: 255, out: expect.stringContaining('kill') });
});

it('an option whose value was forgotten does not stand for one that was not given', async () => {
  for (const line of [
    ['kill', 'words', '--wait'],
    ['rebalance', 'words', '-w', '5', '-n'],
    ['monitor', 'words', '-i'],
    ['drpc-client', 'a', '-f'],
  ]) {
    const error = `Not enough arguments following: ${line.at(-1)?.replace(/^-+/, '')}`;
    expect(await run(line)).toMatchObject({ code: 1, error });
  }
});

it('drpc-client says that it was given nothing to do', async () => {
  const error = 'there is nothing to call a function with';
  expect(await run(['drpc-client'])).toMatchObject({ code: 1, error });
  expect(await run(['drpc-client', '-f', 'reach'])).toMatchObject({ code: 1, error });
});

it('a command that lacks an argument shows its usage', async () => {
  expect((await run(['kill'])).error).toBe('usage: gearstorm kill <topology>');
  expect((await run(['jar', 'a.jar'])).error).toBe('usage: gearstorm jar <jar> <class> [args..]');
  expect((await run(['kill', 'a', '--fast'])).error).toBe('Unknown argument: fast');
  expect((await run(['completion', 'csh'])).error).toMatch(/^Invalid values: .*"bash".*$/);
});

it('version has a line that Petrel and streamparse find the Storm version in', async () => {
  const { out } = await run(['version']);
  expect(out).toMatch(/^(Storm )?(\d+\.\d+\.\d+)(-(\w+))?$/m);
  expect(/Storm ([0-9.]+)/.exec(out)?.[1]).toBe('0.9.7');
});

it('classpath names the jars of the Storm client', async () => {
  expect((await run(['classpath'])).out).toMatch(/storm-core-0\.9\.7\.jar/);
});

it('the client is of the Storm release that the configuration names', async () => {
  const classpath = (version: string) =>
    run(['classpath', '-c', `gearstorm.storm.version=${version}`]);
  expect((await classpath('0.10.2')).out).toMatch(/storm-core-0\.10\.2\.jar/);
  expect((await classpath('1.2.4')).error).toMatch(/gearstorm\.storm\.version is "1\.2\.4"/);
});

it('localconfvalue sees defaults, ~/.storm/storm.yaml and -c, in this order', async () => {
  expect((await run(['localconfvalue', 'nimbus.thrift.port'])).out).toBe(
    'nimbus.thrift.port: 6627\n',
  );
  mkdirSync(join(folder, '.storm'));
  writeFileSync(join(folder, '.storm', 'storm.yaml'), 'nimbus.thrift.port: 7\n');
  expect((await run(['localconfvalue', 'nimbus.thrift.port'])).out).toBe('nimbus.thrift.port: 7\n');
  expect((await run(['remoteconfvalue', 'nimbus.thrift.port'])).out).toBe(
    'nimbus.thrift.port: 6627\n',
  );
  const above = await run(['localconfvalue', 'nimbus.thrift.port', '-c', 'nimbus.thrift.port=8']);
  expect(above.out).toBe('nimbus.thrift.port: 8\n');
});

it('says in one sentence that nobody answers, and what to look at', async () => {
  const port = await freePort();
  const nimbus = ['-c', 'nimbus.host=127.0.0.1', '-c', `nimbus.thrift.port=${port}`];
  for (const line of [
    ...[['list'], ['kill', 'x'], ['activate', 'x'], ['deactivate', 'x']],
    ...[['rebalance', 'x', '-e', 'a=1', '-n', '2', '-w', '3']],
    ...[['rebalance', '-e', 'a=1', '-e', 'b=2', 'x']],
    ...[['upload-credentials', 'x', 'user', 'secret']],
  ]) {
    const { error, code } = await run([...line, ...nimbus]);
    expect(code).toBe(1);
    expect(error).toContain(`no Nimbus answers at 127.0.0.1:${port}`);
  }
  for (const line of [
    ['peek', 'x', 'y'],
    ['logs', 'x'],
  ]) {
    expect((await run([...line, '-c', `ui.port=${port}`])).error).toContain(
      `no gearstorm answers at 127.0.0.1:${port}`,
    );
  }
});

async function freePort(): Promise<number> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

it('refuses numbers that make no sense', async () => {
  expect((await run(['kill', 'x', '-w', '-1'])).error).toContain('-w takes a whole number');
  for (const command of ['kill', 'rebalance']) {
    const { error } = await run([command, 'x', '--wait-time-secs', '-1']);
    expect(error).toContain('-w takes a whole number');
  }
  expect((await run(['peek', 'x', 'y', '-n', '0'])).error).toContain('-n takes a whole number');
  expect((await run(['rebalance', 'x', '-w', '-1'])).error).toContain('-w takes a whole number');
  expect((await run(['rebalance', 'x', '-n', '0'])).error).toContain('-n takes a whole number');
  for (const text of ['a', '=1', 'a=', 'a=b', 'a=1.5', 'a=99999999999']) {
    expect((await run(['rebalance', 'x', '-e', text])).error).toBe(
      `-e takes component=executors, not ${text}`,
    );
  }
});

it('upload-credentials refuses what is no map, and a file that is not there', async () => {
  expect((await run(['upload-credentials', 'x', 'user'])).error).toBe(
    'credentials are pairs of a key and a value: the last key has none',
  );
  const { error } = await run(['upload-credentials', 'x', '-f', join(folder, 'none')]);
  expect(error).toContain('the credentials cannot be read');
  const empty = await run(['upload-credentials', 'x']);
  expect(empty).toMatchObject({ out: 'No credentials were found to push to x\n', code: 0 });
});

const starter = new ProductPaths().starterJar;

it('jar refuses what it cannot run, before it starts a JVM', async () => {
  const notAJar = join(folder, 'not-a.jar');
  writeFileSync(notAJar, 'hello');
  expect((await run(['jar', '/none.jar', 'Main'])).error).toBe('/none.jar: there is no such file');
  expect((await run(['jar', folder, 'Main'])).error).toBe(`${folder} is not a jar file`);
  expect((await run(['jar', notAJar, 'Main'])).error).toContain(`${notAJar} is not a jar file`);
  expect((await run(['jar', starter, 'no.Main'])).error).toBe(`${starter} has no class no.Main`);
  const noJava = await run(['jar', starter, 'storm.starter.ExclamationTopology'], {
    JAVA_HOME: folder,
  });
  expect(noJava.error).toContain('bin/java cannot be started (there is no such program)');
});

/** Puts a java there that only notes its words, for `JAVA_HOME: folder`; returns what reads them. */
function recordingJava(exitCode = 0): () => readonly string[] {
  const java = join(folder, 'bin', 'java');
  const words = join(folder, 'args');
  mkdirSync(join(folder, 'bin'));
  const note = `for each in "$@"; do printf "%s\\n" "$each"; done > ${words}`;
  writeFileSync(java, `#!/bin/sh\n${note}\nexit ${exitCode}\n`);
  chmodSync(java, 0o755);
  return () => readFileSync(words, 'utf8').trimEnd().split('\n');
}

it("jar runs the user's class as storm jar does, and ends as it ends", async () => {
  const javaWords = recordingJava(7);
  const environment = { JAVA_HOME: folder, STORM_JAR_JVM_OPTS: '-Xmx64m "-Dx=y z"' };
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
  expect(out).toMatch(/^Running: .*bin\/java -client -Dstorm\.options=k%3Da%2Cb%20c /);
  const args = javaWords();
  expect(args.slice(0, 2)).toEqual(['-client', '-Dstorm.options=k%3Da%2Cb%20c']);
  expect(args).toContain('-Dstorm.conf.file=');
  expect(args[args.indexOf('-cp') + 1]).toContain(`storm-core-0.9.7.jar`);
  expect(args.slice(args.indexOf('-Xmx64m'))).toEqual([
    ...['-Xmx64m', '-Dx=y z', `-Dstorm.jar=${starter}`],
    ...['storm.starter.ExclamationTopology', '-n', '3', '--x=1'],
  ]);
});

it("jar puts the folder of the client's storm.yaml on the class path, and names a --config", async () => {
  const javaWords = recordingJava();
  const file = join(folder, 'mine.yaml');
  writeFileSync(file, 'nimbus.host: h\n');
  await run(['jar', starter, 'storm.starter.ExclamationTopology', '--config', file], {
    JAVA_HOME: folder,
  });
  const args = javaWords();
  expect(args).toContain('-Dstorm.conf.file=mine.yaml');
  expect(args[args.indexOf('-cp') + 1]?.split(':').at(-1)).toBe(folder);
});

it.each([
  [['--ttl', '5', starter, 'storm.starter.ManualDRPC', '--ttl', '7'], '5', ['--ttl', '7']],
  [[starter, 'storm.starter.ManualDRPC', 'a', '--local-ttl=6'], '6', ['a']],
  [[starter, 'storm.starter.ManualDRPC'], '20', []],
  [['--ttl=0.5', starter, 'storm.starter.ManualDRPC'], '0.5', []],
  [[starter, 'storm.starter.ManualDRPC', '--', '--local-ttl', '6'], '20', ['--local-ttl', '6']],
])('local %j runs the main of a jar for what its --ttl says', async (line, secs, args) => {
  const javaWords = recordingJava();
  expect((await run(['local', ...line], { JAVA_HOME: folder })).error).toBeNull();
  const words = javaWords();
  const main = words.indexOf('gearstorm.local0x.LocalMain');
  expect(words.slice(main + 1)).toEqual([secs, 'storm.starter.ManualDRPC', ...args]);
});

it.each([
  [['--java-debug', 'transport=dt_socket,address=8000', starter, 'storm.starter.ManualDRPC']],
  [[starter, 'storm.starter.ManualDRPC', '--java-debug=transport=dt_socket,address=8000']],
])('local %j loads the debugging agent', async (line) => {
  const javaWords = recordingJava();
  expect((await run(['local', ...line], { JAVA_HOME: folder })).error).toBeNull();
  const words = javaWords();
  const agent = words.indexOf('-agentlib:jdwp=transport=dt_socket,address=8000');
  expect(agent).toBeGreaterThan(0);
  expect(agent).toBeLessThan(words.indexOf('gearstorm.local0x.LocalMain'));
});

it.each([
  [['local', '--ttl', '0', 'x.jar', 'A'], '--ttl takes seconds above 0'],
  [['set_log_level', 'x'], 'say -l LOGGER=LEVEL or -r LOGGER'],
  [
    ['set_log_level', 'x', '-l', 'a.b'],
    '"a.b" should be in the form [logger name]=[log level][:optional timeout]',
  ],
  [
    ['set_log_level', 'x', '-l', 'a.b=LOUD:3'],
    '"LOUD" is no log level; they are ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF',
  ],
  [
    ['local', 'x.jar'],
    'usage: gearstorm local [--ttl SECS] [--java-debug OPTIONS] <jar> <class> [args..]',
  ],
  [['local', 'x.jar', 'A', '--java-debug'], "--java-debug takes options of the JVM's agent jdwp"],
  [['local', '--java-debug', 'server=y', 'x.ts'], '--java-debug is for a jar'],
  [
    ['local', '--local-zookeeper', 'h:2181', 'x.jar', 'A'],
    '--local-zookeeper is not here: new LocalCluster(HOST, PORT) in the main uses a ZooKeeper that runs',
  ],
  [
    ['local', 'x.jar', 'A', '--jars=b.jar'],
    '--jars is not here: put what the topology needs into its jar, or run java with a class path of your own',
  ],
  [
    ['state', 'clear', '/a', '-c', 'storm.local.dir=/nowhere'],
    'no serve has run with storm.local.dir /nowhere',
  ],
  [
    ['state', 'list', '-c', 'storm.zookeeper.servers=["z"]'],
    'storm.zookeeper.servers names a ZooKeeper that is not ours: ask its own tools',
  ],
])('%j is refused in a sentence', async (line, sentence) => {
  expect((await run(line)).error).toBe(sentence);
});

it.each(['dev-zookeeper', 'repl'])('%s says why there is none, and is no error', async (name) => {
  expect(await run([name])).toMatchObject({ code: 0, out: expect.stringMatching(/^[A-Z].+\.\n$/) });
});

it.each(['bash', 'zsh', 'fish'])('completes commands in %s', async (shell) => {
  const { out, code } = await run(['completion', shell]);
  expect(code).toBe(0);
  for (const name of ['jar', 'monitor', 'rebalance', 'top']) expect(out).toMatch(`${name} `);
});

it.each([
  [['monitor', 'x'], 'no Nimbus answers'],
  [['get-errors', 'x'], 'no Nimbus answers'],
  [['get_errors', 'x'], 'no Nimbus answers'],
  [['set_log_level', 'x', '-l', 'ROOT=DEBUG:30', '-r', 'a.b'], 'no Nimbus answers'],
  [['top'], 'no Nimbus answers'],
  [['monitr', 'x'], 'did you mean monitor?'],
])('%s asks Nimbus', async (line, sentence) => {
  const port = await freePort();
  const { error } = await run([...line, '-c', `nimbus.thrift.port=${port}`]);
  expect(error).toContain(sentence);
});
