import { mkdirSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { testHome } from './program.fixture.ts';

const { at, run } = testHome();

/** Nobody listens there, and nobody is dealt it while a test runs. */
const deadPort = 1;

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
  expect((await run(['list', '--jsno'])).error).toBe('Unknown argument: jsno: did you mean json?');
  expect((await run(['completion', 'csh'])).error).toMatch(/^Invalid values: .*"bash".*$/);
});

it('version has a line that Petrel and streamparse find the Storm version in', async () => {
  const { out } = await run(['version']);
  expect(out).toMatch(/^(Storm )?(\d+\.\d+\.\d+)(-(\w+))?$/m);
  expect(/Storm ([0-9.]+)/.exec(out)?.[1]).toBe('0.9.7');
});

it('localconfvalue sees defaults, ~/.storm/storm.yaml and -c, in this order', async () => {
  expect((await run(['localconfvalue', 'nimbus.thrift.port'])).out).toBe(
    'nimbus.thrift.port: 6627\n',
  );
  mkdirSync(at('.storm'));
  writeFileSync(at('.storm', 'storm.yaml'), 'nimbus.thrift.port: 7\n');
  expect((await run(['localconfvalue', 'nimbus.thrift.port'])).out).toBe('nimbus.thrift.port: 7\n');
  expect((await run(['remoteconfvalue', 'nimbus.thrift.port'])).out).toBe(
    'nimbus.thrift.port: 6627\n',
  );
  const above = await run(['localconfvalue', 'nimbus.thrift.port', '-c', 'nimbus.thrift.port=8']);
  expect(above.out).toBe('nimbus.thrift.port: 8\n');
});

it('says in one sentence that nobody answers, and what to look at', async () => {
  const nimbus = ['-c', 'nimbus.host=127.0.0.1', '-c', `nimbus.thrift.port=${deadPort}`];
  for (const line of [
    ...[['list'], ['kill', 'x'], ['activate', 'x'], ['deactivate', 'x']],
    ...[['rebalance', 'x', '-e', 'a=1', '-n', '2', '-w', '3']],
    ...[['rebalance', '-e', 'a=1', '-e', 'b=2', 'x']],
    ...[['rebalance', '-r', '{"a":{"cpu":1}}', '-t', '{"a":1}', '-t', '{"b":2}', 'x']],
    ...[['upload-credentials', 'x', '-u', 'ann', 'user', 'secret']],
  ]) {
    const { error, code } = await run([...line, ...nimbus]);
    expect(code).toBe(1);
    expect(error).toContain(`no Nimbus answers at 127.0.0.1:${deadPort}`);
  }
  for (const line of [
    ['peek', 'x', 'y'],
    ['logs', 'x'],
  ]) {
    expect((await run([...line, '-c', `ui.port=${deadPort}`])).error).toContain(
      `no gearstorm answers at 127.0.0.1:${deadPort}`,
    );
  }
});

it('refuses numbers that make no sense', async () => {
  expect((await run(['kill', 'x', '-w', '-1'])).error).toContain('-w takes a whole number');
  for (const command of ['kill', 'rebalance']) {
    const { error } = await run([command, 'x', '--wait-time-secs', '-1']);
    expect(error).toContain('-w takes a whole number');
  }
  expect((await run(['peek', 'x', 'y', '-n', '0'])).error).toContain('-n takes a whole number');
  expect((await run(['rebalance', 'x', '-w', '-1'])).error).toContain('-w takes a whole number');
  expect((await run(['rebalance', 'x', '-n', '0'])).error).toContain('-n takes a whole number');
  expect((await run(['rebalance', 'x', '-t', '[1]'])).error).toBe(
    '-t takes a JSON object, not [1]',
  );
  expect((await run(['rebalance', 'x', '-r', 'a'])).error).toContain('-r takes JSON as {');
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
  const { error } = await run(['upload-credentials', 'x', '-f', at('none')]);
  expect(error).toContain('the credentials cannot be read');
  const empty = await run(['upload-credentials', 'x']);
  expect(empty).toMatchObject({ out: 'No credentials were found to push to x\n', code: 0 });
  expect(await run(['upload-credentials', 'x', '-u', 'ann', '-e'])).toMatchObject({
    ...{ code: 1, error: 'No credentials were uploaded for x' },
  });
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

it('version names the release whose client is used', async () => {
  const { out } = await run(['version', '-c', 'gearstorm.storm.version=0.10.2']);
  expect(out).toMatch(/^Storm 0\.10\.2$/m);
});

it('daemons of Storm do not look into the home directory', async () => {
  mkdirSync(at('.storm'));
  writeFileSync(at('.storm', 'storm.yaml'), '[\n');
  expect((await run(['list'])).error).toContain(at('.storm', 'storm.yaml'));
  writeFileSync(at('storm.yaml'), '[\n');
  for (const name of ['supervisor', 'ui', 'logviewer']) {
    const { error } = await run([name], { STORM_CONF_DIR: at() });
    expect(error).toContain(at('storm.yaml'));
  }
});

it.each([
  ['admin', 'remove_corrupt_topologies'],
  ['heartbeats', 'list', '/'],
  ['blobstore', 'create', '-f', 'a', 'key'],
  ['sql', 'a.sql', 'words', '--jars', 'x'],
  ['kill_workers'],
  ['node-health-check'],
])('%s fails with a sentence, as it did nothing', async (...line) => {
  expect(await run(line)).toMatchObject({ code: 1, error: expect.stringMatching(/^[A-Z].+\.$/) });
});

it.each(['dev-zookeeper', 'repl', 'pacemaker'])(
  '%s says why there is none, and is no error',
  async (name) => {
    expect(await run([name])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^[A-Z].+\.\n$/),
    });
  },
);

it.each([
  [['monitor', 'x'], 'no Nimbus answers'],
  [['get-errors', 'x'], 'no Nimbus answers'],
  [['get_errors', 'x'], 'no Nimbus answers'],
  [['set_log_level', 'x', '-l', 'ROOT=DEBUG:30', '-r', 'a.b'], 'no Nimbus answers'],
  [['top'], 'no Nimbus answers'],
  [['monitr', 'x'], 'did you mean monitor?'],
])('%s asks Nimbus', async (line, sentence) => {
  const { error } = await run([...line, '-c', `nimbus.thrift.port=${deadPort}`]);
  expect(error).toContain(sentence);
});
