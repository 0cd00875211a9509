import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Clock, systemClock } from '../runtime/native/index.ts';
import { field, type Streams, TopologyBuilder } from '../storm-api/builder/index.ts';
import { shellSpout } from './index.ts';
import { ScriptFolder, ShellRun, Sink } from './shell-run.fixture.ts';

vi.setConfig({ testTimeout: 90_000 });

let folder: ScriptFolder;
let run: ShellRun | undefined;
beforeEach(() => {
  folder = new ScriptFolder();
  folder.write('storm.py', readFileSync('multilang/storm-py/storm.py', 'utf8'));
});
afterEach(async () => {
  await run?.stop();
  run = undefined;
  folder.remove();
});

const streams: Streams = { default: { value: field<unknown>() } };

/** Ten times as fast. */
const fastClock: Clock = {
  now: () => systemClock.now() * 10,
  after: (delayMs, call) => systemClock.after(delayMs / 10, call),
};

function start(
  script: string,
  config: Readonly<Record<string, unknown>> = {},
  clock: Clock = systemClock,
) {
  folder.write('spout.py', `import os, sys, time\nimport storm\n${script}\n`);
  const sink = new Sink();
  const options = { ...folder.options(['python3', 'spout.py']), streams, clock };
  const program = new TopologyBuilder('shell', config)
    .setSpout('spout', shellSpout(options))
    .setBolt('sink', sink.component)
    .shuffleGrouping('spout')
    .build();
  run = new ShellRun(program);
  return { sink, run };
}

// clause: shell-spout
it('a spout hears of what it emitted by the ids that it chose', async () => {
  const script = `
class Counting(storm.Spout):
    def initialize(self, conf, context): self.next = 0
    def nextTuple(self):
        if self.next < 500:
            id = self.next if self.next % 2 else "id %d" % self.next
            assert storm.emit([self.next], id=id) == [2]
            self.next += 1
    def ack(self, id): storm.log("acked %r" % (id,))
    def fail(self, id): storm.log("failed %r" % (id,))
Counting().run()`;
  const { sink, run } = start(script);
  await run.until(() => folder.log.filter((line) => line.startsWith('acked')).length === 500);
  expect(sink.tuples.map(([value]) => value)).toEqual(Array.from({ length: 500 }, (_, at) => at));
  expect(folder.log).toContain("acked 'id 0'");
  expect(folder.log).toContain('acked 1');
  expect(run.errors).toEqual([]);
});

// clause: max-pending
it('no more tuples are unfinished than topology.max.spout.pending allows', async () => {
  const script = `
class Many(storm.Spout):
    def initialize(self, conf, context): self.open = 0; self.most = 0
    def nextTuple(self):
        self.open += 1
        self.most = max(self.most, self.open)
        storm.emit([self.most], id="x%d" % self.open)
    def ack(self, id): self.open -= 1
Many().run()`;
  const { sink, run } = start(script, { 'topology.max.spout.pending': 5 });
  await run.until(() => sink.tuples.length > 200);
  expect(Math.max(...sink.tuples.map(([value]) => Number(value)))).toBeLessThanOrEqual(5);
});

it('a spout that emits more in one call than its targets take waits, and loses nothing', async () => {
  const emitted = 40_000;
  const script = `
class Flood(storm.Spout):
    def nextTuple(self):
        if hasattr(self, "done"): return
        self.done = True
        for number in range(${emitted}):
            storm.sendMsgToParent({"command": "emit", "tuple": [number], "need_task_ids": False})
Flood().run()`;
  const { sink, run } = start(script);
  const open = sink.close();
  expect(await run.queuedOfFlood()).toBeLessThan(10_000);
  open();
  await run.until(() => sink.tuples.length === emitted);
  expect(sink.tuples.map(([value]) => value)).toEqual([...Array(emitted).keys()]);
  expect(run.errors).toEqual([]);
});

// clause: undeclared-stream, nobody-listens
it('a tuple of a spout that goes to no stream is acked', async () => {
  const script = `
class Stray(storm.Spout):
    def nextTuple(self):
        if hasattr(self, "done"): return
        self.done = True
        storm.log("went to %s" % storm.emit([1], stream="nowhere", id="lost"))
        storm.emit([2], stream="nowhere")
    def ack(self, id): storm.log("acked " + id)
Stray().run()`;
  const { run } = start(script);
  await run.until(() => folder.log.includes('acked lost'));
  expect(folder.log).toContain('went to []');
  expect(run.errors).toEqual([]);
});

it('a new child hears nothing of what its predecessor emitted', async () => {
  const script = `
first = not os.path.exists("died")
class Dying(storm.Spout):
    def initialize(self, conf, context): self.emitted = 0
    def nextTuple(self):
        self.emitted += 1
        if self.emitted <= 20: storm.emit([self.emitted], id="%s %d" % (first, self.emitted))
        elif first:
            open("died", "w").close()
            os._exit(1)
    def ack(self, id): storm.log("%s got %s" % (first, id))
Dying().run()`;
  const { run } = start(script);
  await run.until(() => folder.log.includes('False got False 20'));
  expect(folder.log.filter((line) => line.startsWith('False got True'))).toEqual([]);
  expect(run.errors).toHaveLength(1);
});

// clause: shell-silence
it('a spout that gives no answer is replaced, one that only works slowly is not', async () => {
  const script = `
class Hanging(storm.Spout):
    def nextTuple(self):
        if not os.path.exists("hung"):
            for step in range(6):
                time.sleep(0.5)
                storm.log("working")
            open("hung", "w").close()
            time.sleep(1000)
        storm.emit(["back"])
Hanging().run()`;
  const { sink, run } = start(script, { 'topology.subprocess.timeout.secs': 2 });
  await run.until(() => sink.tuples.length > 0);
  expect(run.errors).toEqual([expect.stringContaining('gave no answer for 2 s')]);
});

// clause: shell-bad-message
it('a command that no spout has ends the child', async () => {
  const script = `
class Odd(storm.Spout):
    def nextTuple(self): storm.sendMsgToParent({"command": "ack", "id": "1"})
Odd().run()`;
  const { run } = start(script);
  await run.until(() => run.errors.length > 0);
  expect(run.errors[0]).toContain('sent the command ack, which no spout has');
});

it('what a spout says between two questions waits for the next one, however much it is', async () => {
  const script = `
import threading
class Flooding(storm.Spout):
    def nextTuple(self):
        if not hasattr(self, "done"):
            self.done = True
            for number in range(5000):
                storm.sendMsgToParent({"command": "emit", "tuple": [number], "need_task_ids": False})
                if number % 100 == 0: storm.sync()
Flooding().run()`;
  const { sink, run } = start(script);
  await run.until(() => sink.tuples.length === 5000);
  expect(run.errors).toEqual([]);
});

/** A library of its own kind: reads one message at a time, and whatever comes after an emit is its task ids. */
const strictLibrary = `
import json, os, sys
def read():
    text = ""
    while True:
        line = sys.stdin.readline()
        if not line: sys.exit(0)
        if line == "end\\n": return json.loads(text)
        text += line
def say(message): sys.stdout.write(json.dumps(message) + "\\nend\\n"); sys.stdout.flush()
def log(text): say({"command": "log", "msg": text})
open(os.path.join(read()["pidDir"], str(os.getpid())), "w").close()
say({"pid": os.getpid()})
`;

const oneAtATime = `${strictLibrary}
emitted = 0
while True:
    message = read()
    if message["command"] == "next" and emitted < 300:
        emitted += 1
        say({"command": "emit", "tuple": [emitted], "id": emitted})
        if not isinstance(read(), list): os._exit(7)
    if message["command"] == "ack": log("acked %d" % message["id"])
    say({"command": "sync"})`;

it('a library that waits for task ids and is none of ours to know is asked one thing at a time', async () => {
  folder.write('storm.py', '');
  const { run } = start(oneAtATime);
  await run.until(() => folder.log.includes('acked 300'));
  expect(run.errors).toEqual([]);
});

it('one that only looks as if it could be asked ahead loses one child, and then is not', async () => {
  const { run } = start(oneAtATime);
  await run.until(() => folder.log.includes('acked 300'));
  expect(run.errors).toEqual([expect.stringContaining('ended with exit code 7')]);
});

it.each([
  ['at once', ''],
  ['after a long initialize', 'time.sleep(0.4)'],
])('a spout that answers %s hears that it is activated and deactivated', async (_, initialize) => {
  const script = `${strictLibrary}
${initialize}
while True:
    message = read()
    if message["command"] != "next": log(message["command"])
    else: say({"command": "emit", "tuple": ["x"], "need_task_ids": False})
    say({"command": "sync"})`;
  const { sink, run } = start(script, {}, fastClock);
  await run.until(() => sink.tuples.length > 0);
  run.activate(false);
  await run.until(() => folder.log.includes('deactivate'));
  await run.until(() => run.queued === 0);
  const emitted = sink.tuples.length;
  await sleep(200);
  expect(sink.tuples).toHaveLength(emitted); // it is asked nothing more
  run.activate(true);
  await run.until(() => sink.tuples.length > emitted + 100);
  expect(folder.log.slice(1)).toEqual(['activate', 'deactivate', 'activate']);
  expect(run.errors).toEqual([]);
});

it('a spout whose initialize failed once hears of its activation all the same', async () => {
  const script = `${strictLibrary}
if not os.path.exists("failed"):
    open("failed", "w").close()
    os._exit(7)
while True:
    message = read()
    if message["command"] != "next": log(message["command"])
    else: say({"command": "emit", "tuple": ["x"], "need_task_ids": False})
    say({"command": "sync"})`;
  const { sink, run } = start(script);
  await run.until(() => folder.log.includes('activate') && sink.tuples.length > 0);
  run.activate(false);
  await run.until(() => folder.log.includes('deactivate'));
  expect(run.errors).toEqual([expect.stringContaining('ended with exit code 7')]);
});

it.each([
  ['does not answer', 'continue', 1],
  ['ends', 'os._exit(7)', 2],
])('a library that knows no activation and %s is soon told of it no more', async (_, how, told) => {
  const script = `${strictLibrary}
while True:
    message = read()
    if message["command"] == "activate":
        log("told")
        ${how}
    say({"command": "emit", "tuple": [os.getpid()], "need_task_ids": False})
    say({"command": "sync"})`;
  const { sink, run } = start(script);
  const last = () => sink.tuples.at(-1)?.[0];
  const isSteady = () => sink.tuples.filter(([pid]) => pid === last()).length > 100;
  await run.until(isSteady);
  run.activate(false);
  run.activate(true);
  const first = last();
  process.kill(Number(first), 'SIGKILL');
  await run.until(() => last() !== first && isSteady());
  expect(folder.log.filter((line) => line === 'told')).toHaveLength(told);
});
