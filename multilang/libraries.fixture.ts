import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What the scripts of a run do. */
export interface Trial {
  /** The spout emits the numbers from 0, each again when it fails. */
  readonly numbers: number;
  /** So long the bolt is busy over one of them, and the spout where it is tried too. */
  readonly busySecs: number;
  /** Whether the spout too is busy once, and killed once. */
  readonly triesSpout: boolean;
}

/** A library that users write components with, as it is published, and components that use it. */
export interface Library {
  readonly name: string;
  readonly program: string;
  spout(trial: Trial): string;
  bolt(trial: Trial): string;
  /** Class of `topology.multilang.serializer`. */
  readonly serializer?: string;
  /** Puts the library into the folder of the scripts. */
  bring(folder: string): void;
}

/** Over these numbers the bolt ends, once, and is busy; the spout likewise before it emits them. */
export const boltEnds = 20;
const boltIsBusy = 40;
const spoutIsBusy = 30;
const spoutIsKilled = 50;

const pythonFaults = ({ numbers, busySecs, triesSpout }: Trial) => `
import os, time
def once(name):
    if os.path.exists(name): return False
    open(name, "w").close()
    return True
def unacked():
    acked = [int(line) for line in open("acked")] if os.path.exists("acked") else []
    return [number for number in range(${numbers}) if number not in acked]
def keep(number):
    with open("acked", "a") as file: file.write("%d\\n" % number)
def before_emit(number):
    if not ${triesSpout ? 'True' : 'False'}: return
    if number == ${spoutIsBusy} and once("spout-was-busy"): time.sleep(${busySecs})
    if number == ${spoutIsKilled} and once("spout-was-killed"): os.kill(os.getpid(), 9)
def before_pass(number):
    if number == ${boltEnds} and once("bolt-ended"): os._exit(1)
    if number == ${boltIsBusy}: time.sleep(${busySecs})
`;

const python = {
  program: 'python3',
  spout: (trial: Trial) => `${pythonFaults(trial)}
import storm
class Numbers(storm.Spout):
    def initialize(self, conf, context): self.waiting = unacked()
    def nextTuple(self):
        if self.waiting:
            number = self.waiting.pop(0)
            before_emit(number)
            storm.emit([number], id=number)
    def ack(self, id):
        keep(id)
        storm.log("acked %d" % id)
    def fail(self, id):
        storm.log("failed %d" % id)
        self.waiting.append(id)
Numbers().run()
`,
  bolt: (trial: Trial) => `${pythonFaults(trial)}
import storm
class Pass(storm.BasicBolt):
    def process(self, tup):
        before_pass(tup.values[0])
        storm.emit([tup.values[0]])
Pass().run()
`,
};

const rubyFaults = ({ numbers, busySecs, triesSpout }: Trial) => `
require './storm'
def once(name)
  return false if File.exist?(name)
  File.write(name, "")
  true
end
def unacked
  acked = File.exist?("acked") ? File.readlines("acked").map(&:to_i) : []
  (0...${numbers}).to_a - acked
end
def before_emit(number)
  return unless ${triesSpout}
  sleep(${busySecs}) if number == ${spoutIsBusy} && once("spout-was-busy")
  Process.kill(9, Process.pid) if number == ${spoutIsKilled} && once("spout-was-killed")
end
def before_pass(number)
  exit!(1) if number == ${boltEnds} && once("bolt-ended")
  sleep(${busySecs}) if number == ${boltIsBusy}
end
`;

const ruby = {
  program: 'ruby',
  spout: (trial: Trial) => `${rubyFaults(trial)}
class Numbers < Storm::Spout
  def open(conf, context) = @waiting = unacked
  def nextTuple
    number = @waiting.shift
    return if number.nil?
    before_emit(number)
    emit([number], :id => number)
  end
  def ack(id)
    File.write("acked", "#{id}\\n", mode: "a")
    log("acked #{id}")
  end
  def fail(id)
    log("failed #{id}")
    @waiting.push(id)
  end
end
Numbers.new.run
`,
  bolt: (trial: Trial) => `${rubyFaults(trial)}
class Pass < Storm::Bolt
  def process(tuple)
    before_pass(tuple.values[0])
    emit([tuple.values[0]], :anchor => tuple)
    ack(tuple)
  end
end
Pass.new.run
`,
};

const javascriptFaults = ({ numbers, busySecs, triesSpout }: Trial) => `
const fs = require('fs');
const { BasicBolt, Spout } = require('./storm');
function once(name) {
  if (fs.existsSync(name)) return false;
  fs.writeFileSync(name, '');
  return true;
}
function unacked() {
  const acked = fs.existsSync('acked') ? fs.readFileSync('acked', 'utf8').trim().split('\\n') : [];
  return Array.from({ length: ${numbers} }, (_, number) => number).filter((number) => !acked.includes(String(number)));
}
function beBusy() { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${busySecs * 1000}); }
function beforeEmit(number) {
  if (!${triesSpout}) return;
  if (number === ${spoutIsBusy} && once('spout-was-busy')) beBusy();
  if (number === ${spoutIsKilled} && once('spout-was-killed')) process.kill(process.pid, 'SIGKILL');
}
function beforePass(number) {
  if (number === ${boltEnds} && once('bolt-ended')) process.exit(1);
  if (number === ${boltIsBusy}) beBusy();
}
`;

const javascript = {
  program: 'node',
  spout: (trial: Trial) => `${javascriptFaults(trial)}
class Numbers extends Spout {
  constructor() { super(); this.waiting = unacked(); }
  nextTuple(done) {
    const number = this.waiting.shift();
    beforeEmit(number);
    if (number !== undefined) this.emit({ tuple: [number], id: number }, () => {});
    done();
  }
  ack(id, done) {
    fs.appendFileSync('acked', id + '\\n');
    this.log('acked ' + id);
    done();
  }
  fail(id, done) { this.log('failed ' + id); this.waiting.push(id); done(); }
}
new Numbers().run();
`,
  bolt: (trial: Trial) => `${javascriptFaults(trial)}
class Pass extends BasicBolt {
  process(tuple, done) {
    const [number] = tuple.values;
    if (number === undefined) return done(); // what its library makes of a heartbeat
    beforePass(number);
    this.emit({ tuple: [number], anchorTupleId: tuple.id }, () => done());
  }
}
new Pass().run();
`,
};

const pystorm = (serializer: string) => ({
  spout: (trial: Trial) => `${pythonFaults(trial)}
from pystorm import Spout
class Numbers(Spout):
    def initialize(self, conf, context): self.waiting = unacked()
    def next_tuple(self):
        if self.waiting:
            number = self.waiting.pop(0)
            before_emit(number)
            self.emit([number], tup_id=number)
    def ack(self, tup_id):
        keep(tup_id)
        self.log("acked %d" % tup_id)
    def fail(self, tup_id):
        self.log("failed %d" % tup_id)
        self.waiting.append(tup_id)
Numbers(serializer="${serializer}").run()
`,
  bolt: (trial: Trial) => `${pythonFaults(trial)}
from pystorm import Bolt
class Pass(Bolt):
    def process(self, tup):
        before_pass(tup.values[0])
        self.emit([tup.values[0]])
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

function pystormOver(serializer: string, className: string): Library {
  const program = join(published, 'python', 'bin', 'python');
  const facts = { name: `pystorm over ${serializer}`, program, serializer: className };
  return { ...facts, ...pystorm(serializer), bring: () => {} };
}

const bringRelease = (version: string) => (folder: string) =>
  cpSync(join(published, version, 'resources'), folder, { recursive: true });

/**
 * The libraries of Storm 0.9, 1.2 and 2.8 for Python, Ruby and JavaScript, and pystorm over JSON and
 * MessagePack.
 */
export const libraries: readonly Library[] = [
  { name: 'storm.rb of 0.9.4', ...ruby, bring: fromStarter },
  { name: 'storm.js of 0.9.4', ...javascript, bring: fromStarter },
  {
    ...{ name: 'our storm.py', ...python },
    bring: (folder) => cpSync(ownPython, join(folder, 'storm.py')),
  },
  ...['1.2.3', '2.8.3'].flatMap((version) => [
    { name: `storm.rb of ${version}`, ...ruby, bring: bringRelease(version) },
    { name: `storm.js of ${version}`, ...javascript, bring: bringRelease(version) },
    { name: `storm.py of ${version}`, ...python, bring: bringRelease(version) },
  ]),
  pystormOver('json', 'org.apache.storm.multilang.JsonSerializer'),
  pystormOver('msgpack', 'org.apache.storm.multilang.MessagePackSerializer'),
];
