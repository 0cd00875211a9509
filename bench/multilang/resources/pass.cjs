// Emits what it gets, anchored.
const { BasicBolt } = require('./storm');

class Pass extends BasicBolt {
  process(tuple, done) {
    this.emit({ tuple: [tuple.values[0]], anchorTupleId: tuple.id }, () => done());
  }
}

new Pass().run();
