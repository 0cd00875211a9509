// Emits a message in every nextTuple, and counts the acks into FILE: FILE TUPLES-PER-SECOND. With a
// rate it writes how long its tuples took instead, in nanoseconds and in the buckets of
// bench/histogram.ts.
const { openSync, writeSync } = require('node:fs');
const { Spout } = require('./storm');

const rowEveryMs = 100;
const steps = 32;

function bucket(nanoseconds) {
  const shift = Math.max(0, nanoseconds.toString(2).length - 6);
  return shift * steps + Math.floor(nanoseconds / 2 ** shift);
}

class Source extends Spout {
  constructor() {
    super();
    this.rows = openSync(process.argv[2], 'a');
    this.rate = Number(process.argv[3]);
    this.emitted = 0;
    this.acked = 0;
    this.times = new Map();
    this.begun = new Map();
    this.nextRowMs = 0;
    this.nextTupleMs = 0;
  }

  // those of the library never say that they are done
  activate(done) {
    done();
  }

  deactivate(done) {
    done();
  }

  nextTuple(done) {
    const nowMs = performance.now();
    this.tell(nowMs);
    if (nowMs < this.nextTupleMs) {
      done();
      return;
    }
    if (this.rate > 0) {
      this.nextTupleMs = nowMs + 1000 / this.rate;
      this.begun.set(this.emitted, process.hrtime.bigint());
    }
    const tuple = [`message ${String(this.emitted).padStart(90)}`];
    this.emit({ tuple, id: this.emitted }, () => {});
    this.emitted += 1;
    done();
  }

  ack(id, done) {
    this.acked += 1;
    const begun = this.begun.get(id);
    if (begun !== undefined) {
      this.begun.delete(id);
      const took = bucket(Number(process.hrtime.bigint() - begun));
      this.times.set(took, (this.times.get(took) ?? 0) + 1);
    }
    done();
  }

  fail(_id, done) {
    done();
  }

  tell(nowMs) {
    if (nowMs < this.nextRowMs) return;
    this.nextRowMs = nowMs + rowEveryMs;
    const times = [...this.times].map(([took, count]) => `${took}:${count}`).join(',');
    const value = this.rate > 0 ? times : this.acked;
    writeSync(this.rows, `${Date.now()}\t${process.pid}\t${value}\n`);
  }
}

new Source().run();
