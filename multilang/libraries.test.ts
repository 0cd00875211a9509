// Goal: every library that users write components with runs as it is: the one of Storm 0.9, 1.2 and
// 2.8 for Python, Ruby and JavaScript, and pystorm over JSON and MessagePack.
// Method: a spout that emits numbers and replays those that failed, before a bolt that dies over one
// number, and over another is busy for most of the time after which a silent subprocess is replaced.
import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it, vi } from 'vitest';
import { field, type Streams, TopologyBuilder } from '../storm-api/builder/index.ts';
import { shellBolt, shellSpout } from './index.ts';
import { ScriptFolder, ShellRun, Sink } from './shell-run.fixture.ts';

vi.setConfig({ testTimeout: 90_000 });

const numbers = 60;
const timeoutSecs = 3;
const busySecs = 2;

interface Library {
  readonly name: string;
  readonly spout: readonly [program: string, script: string];
  readonly bolt: readonly [program: string, script: string];
  readonly serializer?: string;
  /** Puts the library into the folder of the scripts. */
  bring(folder: string): void;
}

const python = {
  spout: `
import storm
class Numbers(storm.Spout):
    def initialize(self, conf, context): self.waiting = list(range(${numbers}))
    def nextTuple(self):
        if self.waiting:
            number = self.waiting.pop(0)
            storm.emit([number], id=number)
    def ack(self, id): storm.log("acked %d" % id)
    def fail(self, id):
        storm.log("failed %d" % id)
        self.waiting.append(id)
Numbers().run()
`,
  bolt: `
import os, time
import storm
class Pass(storm.BasicBolt):
    def process(self, tup):
        number = tup.values[0]
        if number == 20 and not os.path.exists("died"):
            open("died", "w").close()
            os._exit(1)
        if number == 40: time.sleep(${busySecs})
        storm.emit([number])
Pass().run()
`,
};

const ruby = {
  spout: `
require './storm'
class Numbers < Storm::Spout
  def open(conf, context) = @waiting = (0...${numbers}).to_a
  def nextTuple
    number = @waiting.shift
    emit([number], :id => number) if number
  end
  def ack(id) = log("acked #{id}")
  def fail(id)
    log("failed #{id}")
    @waiting.push(id)
  end
end
Numbers.new.run
`,
  bolt: `
require './storm'
class Pass < Storm::Bolt
  def process(tuple)
    number = tuple.values[0]
    if number == 20 && !File.exist?("died")
      File.write("died", "")
      exit!(1)
    end
    sleep(${busySecs}) if number == 40
    emit([number], :anchor => tuple)
    ack(tuple)
  end
end
Pass.new.run
`,
};

const javascript = {
  spout: `
const { Spout } = require('./storm');
class Numbers extends Spout {
  constructor() { super(); this.waiting = Array.from({ length: ${numbers} }, (_, number) => number); }
  nextTuple(done) {
    const number = this.waiting.shift();
    if (number !== undefined) this.emit({ tuple: [number], id: number }, () => {});
    done();
  }
  ack(id, done) { this.log('acked ' + id); done(); }
  fail(id, done) { this.log('failed ' + id); this.waiting.push(id); done(); }
}
new Numbers().run();
`,
  bolt: `
const fs = require('fs');
const { BasicBolt } = require('./storm');
class Pass extends BasicBolt {
  process(tuple, done) {
    const [number] = tuple.values;
    if (number === undefined) return done(); // what its library makes of a heartbeat
    if (number === 20 && !fs.existsSync('died')) {
      fs.writeFileSync('died', '');
      process.exit(1);
    }
    if (number === 40) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${busySecs * 1000});
    this.emit({ tuple: [number], anchorTupleId: tuple.id }, () => done());
  }
}
new Pass().run();
`,
};

const pystorm = (serializer: string) => ({
  spout: `
from pystorm import Spout
class Numbers(Spout):
    def initialize(self, conf, context): self.waiting = list(range(${numbers}))
    def next_tuple(self):
        if self.waiting:
            number = self.waiting.pop(0)
            self.emit([number], tup_id=number)
    def ack(self, tup_id): self.log("acked %d" % tup_id)
    def fail(self, tup_id):
        self.log("failed %d" % tup_id)
        self.waiting.append(tup_id)
Numbers(serializer="${serializer}").run()
`,
  bolt: `
import os, time
from pystorm import Bolt
class Pass(Bolt):
    def process(self, tup):
        number = tup.values[0]
        if number == 20 and not os.path.exists("died"):
            open("died", "w").close()
            os._exit(1)
        if number == 40: time.sleep(${busySecs})
        self.emit([number])
Pass(serializer="${serializer}").run()
`,
});

const published = resolve('build/multilang');
const ownPython = resolve('multilang/storm-py/storm.py');
const starterJar = resolve('build/topologies/storm-starter-0.9.4.jar');
const unzip =
  'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); [open(sys.argv[2] + "/" + n, "wb").write(z.read("resources/" + n)) for n in sys.argv[3:]]';

const fromStarter = (folder: string) => {
  execFileSync('python3', ['-c', unzip, starterJar, folder, 'storm.rb', 'storm.js']);
};

function stormLibraries(version: string, bring: (folder: string) => void): readonly Library[] {
  return [
    {
      name: `storm.rb of ${version}`,
      spout: ['ruby', ruby.spout],
      bolt: ['ruby', ruby.bolt],
      bring,
    },
    {
      name: `storm.js of ${version}`,
      spout: ['node', javascript.spout],
      bolt: ['node', javascript.bolt],
      bring,
    },
  ];
}

function stormPython(name: string, bring: (folder: string) => void): Library {
  return { name, spout: ['python3', python.spout], bolt: ['python3', python.bolt], bring };
}

function pystormOver(serializer: string, className: string): Library {
  const program = join(published, 'python', 'bin', 'python');
  const { spout, bolt } = pystorm(serializer);
  return {
    name: `pystorm over ${serializer}`,
    spout: [program, spout],
    bolt: [program, bolt],
    serializer: className,
    bring: () => {},
  };
}

const releases = ['1.2.3', '2.8.3'];
const bringRelease = (version: string) => (folder: string) =>
  cpSync(join(published, version, 'resources'), folder, { recursive: true });

const libraries: readonly Library[] = [
  ...stormLibraries('0.9.4', fromStarter),
  stormPython('our storm.py', (folder) => cpSync(ownPython, join(folder, 'storm.py'))),
  ...releases.flatMap((version) => [
    ...stormLibraries(version, bringRelease(version)),
    stormPython(`storm.py of ${version}`, bringRelease(version)),
  ]),
  pystormOver('json', 'org.apache.storm.multilang.JsonSerializer'),
  pystormOver('msgpack', 'org.apache.storm.multilang.MessagePackSerializer'),
];

it.concurrent.each(libraries)(
  '$name runs as it is: exact though a child dies and is busy',
  async (library) => {
    const folder = new ScriptFolder();
    library.bring(folder.path);
    folder.write('spout', library.spout[1]);
    folder.write('bolt', library.bolt[1]);
    const sink = new Sink();
    const run = new ShellRun(topologyOf(library, folder, sink));
    try {
      const acked = () => folder.log.filter((line) => line.startsWith('acked'));
      await run.until(() => acked().length === numbers, 60_000);
      const all = [...Array(numbers).keys()];
      expect(acked().sort()).toEqual(all.map((number) => `acked ${number}`).sort());
      expect(folder.log).toContain('failed 20');
      const lines = (line: string) => folder.log.filter((each) => each === line).length;
      const passed = (number: number) => sink.tuples.filter(([each]) => each === number).length;
      for (const number of all) {
        expect(passed(number)).toBeGreaterThan(0);
        // one more for what the child had passed on and not acked when it died
        expect(passed(number)).toBeLessThanOrEqual(1 + lines(`failed ${number}`));
      }
      expect(run.errors).toEqual([expect.stringContaining('ended with exit code 1')]);
    } finally {
      await run.stop();
      folder.remove();
    }
  },
);

function topologyOf({ spout, bolt, serializer }: Library, folder: ScriptFolder, sink: Sink) {
  const streams: Streams = { default: { number: field<unknown>() } };
  const config = {
    'topology.subprocess.timeout.secs': timeoutSecs,
    ...(serializer === undefined ? {} : { 'topology.multilang.serializer': serializer }),
  };
  return new TopologyBuilder('library', config)
    .setSpout('spout', shellSpout({ ...folder.options([spout[0], 'spout']), streams }))
    .setBolt('bolt', shellBolt({ ...folder.options([bolt[0], 'bolt']), streams, tickSecs: null }))
    .shuffleGrouping('spout')
    .setBolt('sink', sink.component)
    .shuffleGrouping('bolt')
    .build();
}
