// The components of acme.bench.ShellSol, on Storm's own library for Node: sol.js spout|pass|end.
const { appendFileSync } = require('node:fs');
const { BasicBolt, Spout } = require('./storm');

const rowsEveryMs = 100;
const message = 'm'.repeat(100);

class BusySpout extends Spout {
  emitted = 0;
  acked = 0;

  initialize(conf, _context, done) {
    setInterval(() => {
      appendFileSync(conf['bench.rates'], `${Date.now()}\t${process.pid}\t${this.acked}\n`);
    }, rowsEveryMs);
    done();
  }

  nextTuple(done) {
    this.emitted += 1;
    this.emit({ tuple: [message], id: this.emitted }, () => {});
    done();
  }

  activate(done) {
    done();
  }

  ack(_id, done) {
    this.acked += 1;
    done();
  }
}

class PassBolt extends BasicBolt {
  process({ id, values }, done) {
    this.emit({ tuple: values, anchorTupleId: id }, () => {});
    done();
  }
}

class EndBolt extends BasicBolt {
  process(_tuple, done) {
    done();
  }
}

const kinds = { spout: BusySpout, pass: PassBolt, end: EndBolt };
new kinds[process.argv[2]]().run();
