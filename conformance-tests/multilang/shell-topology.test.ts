// Goal: a topology of subprocesses alone, with the libraries that Apache shipped for Python, Ruby and
// JavaScript, runs without any JVM, counts exactly, and survives whatever happens to a child.
// Method: a Python spout that replays what failed, a splitter in each language, a counter that
// writes down what it got; children are killed, then the worker, then serve.
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  Gearstorm,
  isRunning,
  jars,
  processesNaming,
  projectRoot,
  waitFor,
} from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const sentences = 200;
const patienceMs = 90_000;

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

const spoutScript = `
import storm
class Sentences(storm.Spout):
    def initialize(self, conf, context):
        self.waiting = list(range(${sentences}))
    def nextTuple(self):
        if self.waiting:
            number = self.waiting.pop(0)
            storm.emit(["the number %d" % number], id=number)
    def ack(self, id):
        with open("acked", "a") as file: file.write("%d\\n" % id)
    def fail(self, id):
        with open("failed", "a") as file: file.write("%d\\n" % id)
        self.waiting.append(id)
Sentences().run()
`;

/** The splitter that Apache shipped neither anchors nor acks. */
const rubyScript = `
require './storm'
class Split < Storm::Bolt
  def process(tuple)
    tuple.values[0].split(' ').each { |word| emit([word], :anchor => tuple) }
    ack(tuple)
  end
end
Split.new.run
`;

const counterScript = `
var fs = require('fs');
var BasicBolt = require('./storm').BasicBolt;
function Counter() { BasicBolt.call(this); }
Counter.prototype = Object.create(BasicBolt.prototype);
Counter.prototype.process = function (tuple, done) {
  fs.appendFileSync('words', tuple.component + ' ' + tuple.values[0] + '\\n');
  done();
};
new Counter().run();
`;

const program = `
import { field, shellBolt, shellSpout, TopologyBuilder } from 'gearstorm';
const streams = { default: { word: field<string>() } };
const resources = new URL('resources', 'file://' + process.env.HERE + '/').pathname;
const split = (program: string, script: string) => shellBolt([program, script], { streams });
export default new TopologyBuilder('languages')
  .setSpout('sentences', shellSpout(['python', 'sentences.py'], { streams, resources }))
  .setBolt('python', split('python', 'splitsentence.py')).shuffleGrouping('sentences')
  .setBolt('ruby', split('ruby', 'splitting-sentence.rb')).shuffleGrouping('sentences')
  .setBolt('javascript', split('node', 'splitsentence.js')).shuffleGrouping('sentences')
  .setBolt('counter', shellBolt(['node', 'counter.js'], {}))
  .shuffleGrouping('python').shuffleGrouping('ruby').shuffleGrouping('javascript')
  .build();
`;

/** Submits the topology; the result is the folder that its children run in. */
async function submit(): Promise<string> {
  const here = join(gearstorm.directory, 'program');
  await mkdir(here, { recursive: true });
  const unzip =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [z.extract(n, sys.argv[2]) for n in z.namelist() if n.startswith("resources/")]';
  await promisify(execFile)('python3', ['-c', unzip, jars.starter, here]);
  await writeFile(join(here, 'resources', 'sentences.py'), spoutScript);
  await writeFile(join(here, 'resources', 'splitting-sentence.rb'), rubyScript);
  await writeFile(join(here, 'resources', 'counter.js'), counterScript);
  const file = join(here, 'program.ts');
  await writeFile(
    file,
    program.replace("'file://' + process.env.HERE + '/'", JSON.stringify(`file://${here}/`)),
  );
  await gearstorm.command('submit', file);
  const topologies = join(gearstorm.localDirectory, 'topologies');
  const [stormId = ''] = await readdir(topologies);
  return join(topologies, stormId, 'resources');
}

async function lines(folder: string, name: string): Promise<readonly string[]> {
  const text = await readFile(join(folder, name), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

async function allAcked(folder: string): Promise<void> {
  await waitFor('every sentence to be acked', patienceMs, async () =>
    new Set(await lines(folder, 'acked')).size === sentences ? true : null,
  );
}

/** Processes of the topology whose command line has these words. */
async function running(words: string): Promise<readonly number[]> {
  const pids = await processesNaming(gearstorm.localDirectory);
  const commands = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')),
  );
  return pids.filter((_, index) => commands[index]?.replaceAll('\0', ' ').includes(words));
}

// clause: shell-component, shell-libraries
it('counts exactly what three languages split, and starts no JVM', async () => {
  const folder = await submit();
  await allAcked(folder);
  const words = await lines(folder, 'words');
  const numbers = Array.from({ length: sentences }, (_, number) => String(number));
  for (const language of ['python', 'ruby', 'javascript']) {
    const counted = words.flatMap((line) =>
      line.startsWith(`${language} `) ? [line.slice(language.length + 1)] : [],
    );
    expect(counted.filter((word) => word === 'the')).toHaveLength(sentences);
    expect(counted.filter((word) => /\d/.test(word)).sort()).toEqual([...numbers].sort());
  }
  expect(await lines(folder, 'acked')).toHaveLength(sentences);
  expect(await lines(folder, 'failed')).toEqual([]);
  expect(await running('java')).toEqual([]);
});

// clause: shell-end
it('replays what a killed child had, and leaves the others alone', async () => {
  const folder = await submit();
  const [ruby = 0] = await waitFor('the Ruby child', patienceMs, async () => {
    const pids = await running('splitting-sentence.rb');
    return pids.length > 0 && (await lines(folder, 'acked')).length > 0 ? pids : null;
  });
  const [python] = await running('splitsentence.py');
  process.kill(ruby, 'SIGKILL');
  await allAcked(folder);
  await waitFor('another Ruby child', patienceMs, async () =>
    (await running('splitting-sentence.rb')).some((pid) => pid !== ruby) ? true : null,
  );
  expect(await running('splitsentence.py')).toEqual([python]);
});

it('no child outlives its worker, killed however it may be', async () => {
  await submit();
  const [worker = 0] = await waitFor('all children', patienceMs, async () =>
    (await running('sentence')).length >= 4 ? await running('native-worker') : null,
  );
  const children = await running('sentence');
  process.kill(worker, 'SIGKILL');
  await waitFor('the children to be gone', patienceMs, async () => {
    const alive = await Promise.all(children.map(isRunning));
    return alive.includes(true) ? null : true;
  });
  await waitFor('others in their place', patienceMs, async () =>
    (await running('sentence')).length >= 4 ? true : null,
  );
});

it('runs the example: a spout in Python, a splitter in Ruby, a counter in JavaScript', async () => {
  await symlink(join(projectRoot, 'examples'), join(gearstorm.directory, 'examples'));
  await gearstorm.command('submit', join(projectRoot, 'examples', 'word-count-multilang.ts'));
  const counted = await gearstorm.peek('word-count-multilang', 'count', 20);
  for (const { values } of counted)
    expect(values).toEqual([expect.any(String), expect.any(Number)]);
  expect(await running('java')).toEqual([]);
});

// clause: shell-component
it('runs a command where the files of its topology lie, with its files only, and ends it with all it started', async () => {
  const here = join(gearstorm.directory, 'elsewhere');
  await mkdir(join(here, 'resources'), { recursive: true });
  const away = join(gearstorm.directory, 'away');
  const name = 'attack;touch pwned $(touch pwned).sh';
  const script = `(pwd; ls) > '${away}.new'; mv '${away}.new' '${away}'\nsleep 1000 & exec sleep 1001\n`;
  await writeFile(join(here, 'resources', name), script);
  const file = join(here, 'attack.ts');
  const command = JSON.stringify(['sh', name]);
  await writeFile(
    file,
    `import { shellSpout, TopologyBuilder } from 'gearstorm';
export default new TopologyBuilder('attack')
  .setSpout('attack', shellSpout(${command}, { resources: ${JSON.stringify(join(here, 'resources'))} })).build();\n`,
  );
  await gearstorm.command('submit', file);
  const seen = await waitFor('the command to run', patienceMs, async () =>
    (await lines(gearstorm.directory, 'away')).length > 0
      ? lines(gearstorm.directory, 'away')
      : null,
  );
  const [stormId = ''] = await readdir(join(gearstorm.localDirectory, 'topologies'));
  const folder = join(gearstorm.localDirectory, 'topologies', stormId, 'resources');
  // no shell has seen the name, and nothing of another topology is there
  expect(seen).toEqual([folder, name]);
  await gearstorm.killAndWait('attack');
  expect(await running('sleep')).toEqual([]);
});
