import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bolt, field, type Streams, spout, TopologyBuilder } from '../storm-api/builder/index.ts';
import { Double } from '../storm-api/values/index.ts';
import { shellBolt } from './index.ts';
import { ScriptFolder, ShellRun, Sink, Source } from './shell-run.fixture.ts';

vi.setConfig({ testTimeout: 90_000 });

let folder: ScriptFolder;
let run: ShellRun | undefined;
beforeEach(() => {
  folder = new ScriptFolder();
});
afterEach(async () => {
  await run?.stop();
  run = undefined;
  folder.remove();
});

const oneField: Streams = { default: { value: field<unknown>() } };

interface BoltRun {
  readonly script: string;
  readonly values: readonly unknown[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly streams?: Streams;
  readonly tickSecs?: number;
}

function start({ script, values, config = {}, streams = oneField, tickSecs }: BoltRun) {
  folder.write('bolt.py', `import os, sys, time\nimport storm\n${script}\n`);
  const source = new Source(values);
  const sink = new Sink();
  const options = folder.options(['python3', 'bolt.py']);
  const program = new TopologyBuilder('shell', config)
    .setSpout('source', source.component)
    .setBolt('bolt', shellBolt({ ...options, streams, tickSecs: tickSecs ?? null }))
    .shuffleGrouping('source')
    .setBolt('sink', sink.component)
    .shuffleGrouping('bolt')
    .build();
  run = new ShellRun(program);
  return { source, sink, run };
}

const echo = `
class Echo(storm.BasicBolt):
    def process(self, tup):
        storm.emit([tup.values[0]])
Echo().run()`;

it('a child gets each tuple once, and its emits and acks reach the topology', async () => {
  const values = Array.from({ length: 2000 }, (_, index) => `value ${index}`);
  const { source, sink, run } = start({ script: echo, values });
  await run.until(() => source.acked.length === values.length);
  expect(sink.tuples.map(([value]) => value)).toEqual(values);
  expect(source.failed).toEqual([]);
  expect(run.errors).toEqual([]);
});

it('a child that there was no pipe for begins as soon as there can be one', async () => {
  rmdirSync(folder.pidDir);
  const { source, run } = start({ script: echo, values: ['a'] });
  await run.until(() => run.errors.length > 1);
  expect(run.errors[0]).toMatch(/python3 bolt\.py .*cannot start: .*mkfifo/);
  mkdirSync(folder.pidDir);
  await run.until(() => source.acked.length === 1);
});

it('a child prints into a pipe, as Storm lets it', async () => {
  const script = 'print(open("/dev/stdout", "a").fileno() > 2, file=sys.stderr)';
  const { run } = start({ script, values: [] });
  await run.until(() => run.errors.length > 0);
  expect(folder.log).toContain('True');
});

// clause: shell-values
it('values come back as exactly as Java and JSON tell them apart', async () => {
  const values = [
    1,
    new Double(1),
    0.1,
    9007199254740993n,
    -(2n ** 63n),
    1e300,
    true,
    null,
    'ü\u2028"\\/\n\nend\n',
    '😀',
    [1, [new Double(2)], { a: [null], __proto__x: 1 }],
    '',
  ];
  const { source, sink, run } = start({ script: echo, values });
  await run.until(() => source.acked.length === values.length);
  expect(sink.tuples.map(([value]) => value)).toEqual(values);
});

it('a child that emits more than its targets take waits, and loses nothing', async () => {
  const emitted = 40_000;
  const script = `
class Flood(storm.BasicBolt):
    def process(self, tup):
        for number in range(${emitted}):
            storm.sendMsgToParent({"command": "emit", "tuple": [number], "need_task_ids": False})
Flood().run()`;
  const { source, sink, run } = start({ script, values: ['a'] });
  const open = sink.close();
  expect(await run.queuedOfFlood()).toBeLessThan(10_000);
  open();
  await run.until(() => sink.tuples.length === emitted && source.acked.length === 1);
  expect(sink.tuples.map(([value]) => value)).toEqual([...Array(emitted).keys()]);
});

// clause: shell-end
it('a child that dies loses its tuples at once, and another goes on', async () => {
  const script = `
class Dying(storm.BasicBolt):
    def process(self, tup):
        if not os.path.exists("died"):
            open("died", "w").close()
            sys.stderr.write("out of luck\\n")
            os._exit(3)
        storm.emit([tup.values[0]])
Dying().run()`;
  const values = Array.from({ length: 100 }, (_, index) => index);
  const { source, sink, run } = start({ script, values });
  await run.until(() => source.acked.length === values.length);
  expect(source.failed).not.toEqual([]);
  expect(new Set(sink.tuples.map(([value]) => value))).toEqual(new Set(values));
  expect(run.errors).toHaveLength(1);
  expect(run.errors[0]).toMatch(
    /python3 bolt.py of bolt \(task 2, pid \d+\) ended with exit code 3.*out of luck/s,
  );
  expect(folder.ended).toEqual(['bolt 2']);
});

// clause: shell-bad-message
it.each([
  ['what is no JSON', 'print("debugging\\nend")'],
  ['what is no JSON', 'sys.stdout.buffer.write(b"\\xff\\xfe{\\nend\\n")'],
  ['in the middle of a message: {"command": ', 'print("{\\"command\\": ")'],
  ['sent a message without a command', 'storm.sendMsgToParent({"tuple": [1]})'],
  ['sent a message that is no object', 'storm.sendMsgToParent([1])'],
  ['an emit whose tuple is no list', 'storm.sendMsgToParent({"command": "emit", "tuple": 5})'],
  ['which has 1 fields', 'storm.emit([1, 2])'],
  ['9223372036854775808 is beyond 64 bits', 'storm.emit([2**63])'],
  ['ack of 77', 'storm.sendMsgToParent({"command": "ack", "id": "77"})'],
  ['anchored to 77', 'storm.sendMsgToParent({"command": "emit", "tuple": [1], "anchors": ["77"]})'],
])('a child is replaced that says %s: %s', async (reason, code) => {
  const script = `
class Bad(storm.BasicBolt):
    def process(self, tup):
        if os.path.exists("was-bad"): return
        open("was-bad", "w").close()
        ${code}
        sys.stdout.flush()
        os._exit(0)
Bad().run()`;
  const { source, run } = start({ script, values: ['a'] });
  await run.until(() => source.acked.length === 1);
  expect(source.failed).toHaveLength(1);
  expect(run.errors).toEqual([expect.stringContaining(reason)]);
});

// clause: undeclared-stream, arity, shell-emit
it('what goes to no stream, or is heard by nobody, ends nothing and has no task ids', async () => {
  const script = `
class Stray(storm.BasicBolt):
    def process(self, tup):
        for each in range(2):
            ids = [storm.emit([1], stream="nowhere"), storm.emit([1, 2, 3], stream="unheard")]
            storm.log("went to %s" % ids)
        storm.emitDirect(3, [1], stream="nowhere")
        storm.emit([tup.values[0]])
Stray().run()`;
  const streams = { ...oneField, unheard: { value: field<unknown>() } };
  const { source, sink, run } = start({ script, values: ['a'], streams });
  await run.until(() => source.acked.length === 1);
  expect(folder.log.filter((line) => line === 'went to [[], []]')).toHaveLength(2);
  expect(folder.log.filter((line) => line.includes('stream nowhere'))).toHaveLength(1);
  expect(sink.tuples).toEqual([['a']]);
  expect(run.errors).toEqual([]);
});

it('a child that hears task ids ahead hears those of its own tuples after one that goes nowhere', async () => {
  folder.write('storm.py', readFileSync('multilang/storm-py/storm.py', 'utf8'));
  const script = `
class Stray(storm.BasicBolt):
    def process(self, tup):
        for number in range(100):
            if number == 50: storm.emit([0], stream="nowhere")
            storm.emit([number])
        storm.emit([len(storm.pending_taskids)])
Stray().run()`;
  const { source, sink, run } = start({ script, values: ['a', 'b'] });
  await run.until(() => source.acked.length === 2);
  expect(sink.tuples).toHaveLength(202);
  expect(sink.tuples.at(-1)).toEqual([0]);
  expect(run.errors).toEqual([]);
});

// clause: shell-framing
it('lines of a child may end as on Windows', async () => {
  const script = `
import io, json
def say(message):
    sys.stdout.buffer.write(json.dumps(message).encode() + b"\\r\\nend\\r\\n")
    sys.stdout.flush()
storm.sendMsgToParent = say
${echo}`;
  const { source, sink, run } = start({ script, values: ['a', 'b'] });
  await run.until(() => source.acked.length === 2);
  expect(sink.tuples).toEqual([['a'], ['b']]);
  expect(run.errors).toEqual([]);
});

it('a message that never ends takes no memory without limit', async () => {
  const script = `
class Endless(storm.BasicBolt):
    def process(self, tup):
        if os.path.exists("was-endless"): return
        open("was-endless", "w").close()
        for megabyte in range(100): sys.stdout.write("x" * 2**20)
Endless().run()`;
  const { source, run } = start({ script, values: ['a'] });
  await run.until(() => source.acked.length === 1);
  expect(run.errors).toEqual([expect.stringContaining('a message of more than 67108864 bytes')]);
});

// clause: shell-talk, shell-metrics
it('log lines, errors and stderr are told under the task; other commands are ignored', async () => {
  const script = `
class Talking(storm.BasicBolt):
    def process(self, tup):
        storm.sendMsgToParent({"command": "log", "msg": "plain"})
        storm.logTrace("too much")
        storm.logError("it broke")
        storm.reportError("a stack")
        storm.rpcMetrics("my-metric", 1)
        storm.sendMsgToParent({"command": "of a later version"})
        sys.stderr.write("on stderr\\n")
Talking().run()`;
  const { source, run } = start({ script, values: ['a'] });
  await run.until(() => source.acked.length === 1 && folder.log.includes('on stderr'));
  expect(folder.log).toContain('plain');
  expect(folder.log).not.toContain('too much');
  expect(run.errors).toEqual([
    'it broke',
    'Shell Process Exception: a stack',
    'there is no metric my-metric: gearstorm.multilang.metrics does not name it',
  ]);
});

// clause: shell-emit
it('anchors may be one id or a list, emits may be direct or want no task ids', async () => {
  const script = `
def say(**fields): storm.sendMsgToParent(dict(command="emit", **fields))
class Raw(storm.Bolt):
    def process(self, tup):
        say(tuple=[1], anchors=tup.id, need_task_ids=False)
        say(tuple=[2], anchors=[tup.id], need_task_ids=False)
        say(tuple=[3], anchors=None, task=0)
        assert storm.readTaskIds() == [3]
        say(tuple=[4], stream="direct", task=3)
        storm.ack(tup)
Raw().run()`;
  const streams = { ...oneField, direct: { value: field<unknown>() } };
  const { source, sink, run } = start({ script, values: ['a'], streams });
  await run.until(() => source.acked.length === 1);
  await run.until(() => sink.tuples.length === 3);
  expect(run.errors).toEqual([]);
});

// clause: shell-emit
it('the task ids that a child hears are those its tuples go to, also when it heard them before', async () => {
  folder.write('storm.py', readFileSync('multilang/storm-py/storm.py', 'utf8'));
  folder.write(
    'bolt.py',
    `
import storm
class Telling(storm.BasicBolt):
    def process(self, tup):
        for number in range(100):
            name = "%s-%d" % (tup.values[0], number)
            if number % 10 == 3: storm.sendMsgToParent({"command": "emit", "tuple": [name], "need_task_ids": False})
            else: storm.log("%s %s" % (name, storm.emit([name])))
Telling().run()`,
  );
  const source = new Source(['a', 'b', 'c']);
  const got = new Map<unknown, number>();
  const sink = bolt<unknown, Streams>({
    streams: {},
    prepare: ({ taskId }, collector) => ({
      execute: (tuple) => {
        got.set(tuple.exact[0], taskId);
        collector.ack(tuple);
      },
    }),
  });
  const options = folder.options(['python3', 'bolt.py']);
  const program = new TopologyBuilder('telling')
    .setSpout('source', source.component)
    .setBolt('bolt', shellBolt({ ...options, streams: oneField, tickSecs: null }))
    .shuffleGrouping('source')
    .setBolt('sink', sink, { parallelism: 3 })
    .shuffleGrouping('bolt')
    .build();
  run = new ShellRun(program);
  await run.until(() => source.acked.length === 3 && got.size === 300);
  const told = folder.log.flatMap((line) => /^(\S+-\d+) \[(\d+)\]$/.exec(line)?.slice(1) ?? []);
  expect(told).toHaveLength(2 * 270);
  for (let at = 0; at < told.length; at += 2) expect(got.get(told[at])).toBe(Number(told[at + 1]));
  expect(new Set(got.values()).size).toBe(3);
});

// clause: shell-ticks, ticks
it('ticks reach the child as tuples of the system', async () => {
  const script = `
class Ticking(storm.Bolt):
    def process(self, tup):
        if tup.task == -1:
            storm.emit([[tup.component, tup.stream, tup.values]])
        storm.ack(tup)
Ticking().run()`;
  const { sink, run } = start({ script, values: [], tickSecs: 1 });
  await run.until(() => sink.tuples.length > 0);
  expect(sink.tuples[0]).toEqual([['__system', '__tick', [1]]]);
});

// clause: shell-silence
it('a child that is silent for too long is replaced; one that is only busy is not', async () => {
  const script = `
class Hanging(storm.BasicBolt):
    def process(self, tup):
        if tup.values[0] == "busy":
            for step in range(4):
                time.sleep(0.5)
                storm.log("still busy")
            for piece in ['{"command":', '"log",', '"msg":', '"said slowly"', '}\\nend\\n']:
                time.sleep(0.7)
                sys.stdout.write(piece)
                sys.stdout.flush()
        elif not os.path.exists("hung"):
            open("hung", "w").close()
            time.sleep(1000)
        storm.emit([tup.values[0]])
Hanging().run()`;
  const config = { 'topology.subprocess.timeout.secs': 2 };
  const { source, run } = start({ script, values: ['busy', 'hang'], config });
  await run.until(() => source.acked.length === 2);
  expect(run.errors).toEqual([expect.stringContaining('gave no sign of life for 2 s')]);
  expect(folder.log).toContain('said slowly');
});

it('a child that hangs is found out though new tuples still fit into its pipe', async () => {
  folder.write(
    'hang.py',
    'import storm\nclass Hanging(storm.BasicBolt):\n    def process(self, tup):\n        while True: pass\nHanging().run()',
  );
  const dripping = spout({
    streams: oneField,
    open: (_, collector) => ({
      nextTuple: async () => {
        await sleep(100);
        collector.emit({ value: 'x' }, { messageId: 1 });
      },
    }),
  });
  const program = new TopologyBuilder('shell', { 'topology.subprocess.timeout.secs': 2 })
    .setSpout('source', dripping)
    .setBolt(
      'bolt',
      shellBolt({ ...folder.options(['python3', 'hang.py']), streams: oneField, tickSecs: null }),
    )
    .shuffleGrouping('source')
    .build();
  const started = new ShellRun(program);
  run = started;
  await started.until(() => started.errors.length > 0);
  expect(started.errors[0]).toMatch(
    /hang.py of bolt \(task 2, pid \d+\) gave no sign of life for 2 s/,
  );
});

it('a library without heartbeats loses one child to the first, and never gets another', async () => {
  folder.write(
    'old.py',
    `
import json, os, sys
def read():
    text = ""
    while True:
        line = sys.stdin.readline()
        if not line: sys.exit(0)
        if line == "end\\n": return json.loads(text)
        text += line
def say(message): sys.stdout.write(json.dumps(message) + "\\nend\\n"); sys.stdout.flush()
open(os.path.join(read()["pidDir"], str(os.getpid())), "w").close()
say({"pid": os.getpid()})
held = []
while True:
    message = read()
    held.append(message)
    message["tuple"][0] # there is none in a heartbeat
    if len(held) == 2:
        for each in held: say({"command": "ack", "id": each["id"]})
        held = []
`,
  );
  const source = new Source(['held']);
  const options = folder.options(['python3', 'old.py']);
  const program = new TopologyBuilder('old', { 'topology.subprocess.timeout.secs': 2 })
    .setSpout('source', source.component)
    .setBolt('bolt', shellBolt({ ...options, streams: {}, tickSecs: 6 }))
    .shuffleGrouping('source')
    .build();
  run = new ShellRun(program);
  await run.until(() => source.acked.length === 1, 30_000);
  expect(run.errors).toEqual([expect.stringContaining('ended with exit code 1')]);
});

it('what a child has started goes with it, and so does a child that ignores signals', async () => {
  const script = `
import signal, subprocess
signal.signal(signal.SIGTERM, signal.SIG_IGN)
class Parent(storm.BasicBolt):
    def process(self, tup):
        mine = subprocess.Popen(["sleep", "1000"])
        own = subprocess.Popen(["sleep", "1000"], start_new_session=True)
        storm.emit([[os.getpid(), mine.pid, own.pid]])
Parent().run()`;
  const { sink, run: started } = start({ script, values: ['a'] });
  await started.until(() => sink.tuples.length > 0);
  const pids = sink.tuples[0]?.[0] as readonly number[];
  expect(pids.map(isThere)).toEqual([true, true, true]);
  await started.stop();
  await started.until(() => !pids.some(isThere));
});

it.each([
  ['is not there', ['no-such-program'], 'cannot start no-such-program in'],
  [
    'is below a file',
    ['/etc/passwd/x'],
    'the subprocess /etc/passwd/x of bolt (task 2, pid none) cannot start: ',
  ],
  ['has no name', [''], '(task 2, pid none) cannot start: '],
  ['is given too much', ['true', 'x'.repeat(300_000)], 'E2BIG'],
] as const)('a program that %s is named, and its task goes on', async (_, command, words) => {
  const options = folder.options(command);
  const program = new TopologyBuilder('missing')
    .setSpout('source', new Source([1]).component)
    .setBolt('bolt', shellBolt({ ...options, streams: {}, tickSecs: null }))
    .shuffleGrouping('source')
    .build();
  run = new ShellRun(program);
  const started = run;
  await started.until(() => started.errors.length > 1);
  expect(started.errors[0]).toContain(words);
  expect(started.errors[0]?.length).toBeLessThan(2_000);
  expect(started.failures.filter(({ restarts }) => restarts)).toEqual([]);
});

it('a missing python2 has a stand-in, told once a child, unless that is switched off', async () => {
  const show = ['-c', 'import sys; sys.stdout.write(sys.executable)'];
  const python = execFileSync('python3', show, { encoding: 'utf8' });
  symlinkSync(python, join(folder.path, 'python3'));
  folder.write('bolt.py', `import storm\n${echo}\n`);
  const outcomeOf = async (config: Readonly<Record<string, unknown>>) => {
    const source = new Source([1]);
    const options = folder.options(['python2', 'bolt.py'], { PATH: folder.path });
    const program = new TopologyBuilder('old', config)
      .setSpout('source', source.component)
      .setBolt('bolt', shellBolt({ ...options, streams: oneField, tickSecs: null }))
      .shuffleGrouping('source')
      .build();
    const started = new ShellRun(program);
    run = started;
    await started.until(() => source.acked.length > 0 || started.errors.length > 0);
    await started.stop();
    return started.errors;
  };
  const [error] = await outcomeOf({ 'gearstorm.multilang.modernize': false });
  expect(error).toContain('cannot start python2 bolt.py');
  expect(folder.log.filter((line) => line.includes('stands in'))).toEqual([]);
  expect(await outcomeOf({})).toEqual([]);
  expect(folder.log.filter((line) => line.includes('stands in'))).toEqual([
    'python2 does not run here: python3 stands in for it',
  ]);
});

it('a value without a form in JSON fails its tuple and nothing else', async () => {
  const { source, run } = start({ script: echo, values: [new Uint8Array([1]), 'after'] });
  await run.until(() => source.acked.length === 1 && source.failed.length > 0);
  expect(run.errors[0]).toBe('a byte array has no form in JSON');
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
