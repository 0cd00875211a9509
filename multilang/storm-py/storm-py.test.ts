import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-storm-py-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Message = Readonly<Record<string, unknown>> | readonly unknown[];

/** Runs a script against messages given in one go; returns what it sent after its process id. */
async function talk(script: string, input: readonly Message[]): Promise<readonly Message[]> {
  const file = join(folder, 'component.py');
  writeFileSync(file, `import storm\n${script}\n`);
  const handshake = { conf: { 'my.key': 'v' }, context: { taskid: 3 }, pidDir: folder };
  const child = spawn('python3', [file], {
    env: {
      ...process.env,
      PYTHONPATH: resolve('multilang/storm-py'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.end([handshake, ...input].map((each) => `${JSON.stringify(each)}\nend\n`).join(''));
  const code = await new Promise((done) => child.on('close', done));
  expect(code).toBe(0);
  const sent = Buffer.concat(chunks).toString().split('\nend\n').slice(0, -1);
  const [pid, ...messages] = sent.map((each) => JSON.parse(each));
  expect(pid).toEqual({ pid: child.pid });
  expect(readdirSync(folder)).toContain(String(child.pid));
  return messages;
}

const tuple = (id: string, values: readonly unknown[]): Message => ({
  id,
  comp: 'spout',
  stream: 'default',
  task: 7,
  tuple: values,
});
const splitter = `
class Split(storm.BasicBolt):
    def process(self, tup):
        for word in tup.values[0].split(" "):
            storm.logInfo(str(storm.emit([word])))
Split().run()`;

it('a basic bolt anchors its emits, gets their task ids, and acks after process', async () => {
  expect(await talk(splitter, [tuple('1', ['a ü']), [4], [5]])).toEqual([
    { command: 'emit', anchors: ['1'], tuple: ['a'] },
    { command: 'log', msg: '[4]', level: 2 },
    { command: 'emit', anchors: ['1'], tuple: ['ü'] },
    { command: 'log', msg: '[5]', level: 2 },
    { command: 'ack', id: '1' },
  ]);
});

it('keeps tuples that come before the task ids of an emit', async () => {
  const messages = await talk(splitter, [tuple('1', ['a']), tuple('2', ['b']), [4], [5]]);
  expect(messages.filter((each) => 'command' in each && each['command'] === 'ack')).toEqual([
    { command: 'ack', id: '1' },
    { command: 'ack', id: '2' },
  ]);
});

it('a basic bolt that throws reports the error, fails the tuple and goes on', async () => {
  const messages = await talk(splitter, [tuple('1', [3]), tuple('2', ['b']), [4]]);
  expect(messages[0]).toMatchObject({ command: 'error' });
  expect(messages[1]).toEqual({ command: 'fail', id: '1' });
  expect(messages.at(-1)).toEqual({ command: 'ack', id: '2' });
});

it('answers a heartbeat by sync, without showing it to the bolt', async () => {
  const heartbeat = { id: '9', comp: '__system', stream: '__heartbeat', task: -1, tuple: [] };
  expect(await talk(splitter, [heartbeat])).toEqual([{ command: 'sync' }]);
});

it('a bolt acks, fails, anchors, names streams and emits directly by itself', async () => {
  const script = `
class Own(storm.Bolt):
    def initialize(self, conf, context):
        storm.log(conf["my.key"] + str(context["taskid"]), 1)
    def process(self, tup):
        storm.emit([tup.component, tup.task], stream="other", anchors=[tup])
        storm.emitDirect(9, [1], anchors=[tup])
        storm.ack(tup)
        storm.fail(tup)
        storm.rpcMetrics("name", 1)
        storm.reportError("oops")
Own().run()`;
  expect(await talk(script, [tuple('1', []), [4]])).toEqual([
    { command: 'log', msg: 'v3', level: 1 },
    { command: 'emit', anchors: ['1'], tuple: ['spout', 7], stream: 'other' },
    { command: 'emit', anchors: ['1'], tuple: [1], task: 9 },
    { command: 'ack', id: '1' },
    { command: 'fail', id: '1' },
    { command: 'metrics', name: 'name', params: 1 },
    { command: 'error', msg: 'oops' },
  ]);
});

it('a spout answers next, ack and fail each by one sync', async () => {
  const script = `
class Numbers(storm.Spout):
    def nextTuple(self):
        storm.emit([1], id="m1")
        storm.emitDirect(5, [2], stream="s")
    def ack(self, id):
        storm.logWarn("acked " + id)
    def fail(self, id):
        storm.logError("failed " + id)
Numbers().run()`;
  const commands = [
    { command: 'next' },
    [4],
    { command: 'ack', id: 'm1' },
    { command: 'fail', id: 'm2' },
  ];
  expect(await talk(script, commands)).toEqual([
    { command: 'emit', tuple: [1], id: 'm1' },
    { command: 'emit', tuple: [2], stream: 's', task: 5 },
    { command: 'sync' },
    { command: 'log', msg: 'acked m1', level: 3 },
    { command: 'sync' },
    { command: 'log', msg: 'failed m2', level: 4 },
    { command: 'sync' },
  ]);
});

it('a bolt that throws outside of a basic bolt reports it and ends', async () => {
  const script = `
class Broken(storm.Bolt):
    def process(self, tup):
        raise ValueError("no")
Broken().run()`;
  const messages = await talk(script, [tuple('1', []), tuple('2', [])]);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({
    command: 'error',
    msg: expect.stringContaining('ValueError'),
  });
});
