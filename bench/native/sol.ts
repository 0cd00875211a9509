// The chain of acme.bench.Sol as a program: FILE SPOUTS BOLTS LEVELS acked|unacked WORKERS PENDING.
import { appendFileSync } from 'node:fs';
import { bolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

const rowsEveryMs = 100;
const messageChars = 100;
const messages = Array.from({ length: 64 }, (_, index) =>
  String.fromCharCode(33 + index).repeat(messageChars),
);

interface Message {
  readonly message: string;
}

/** Counts what this worker has finished and appends it to a file, as the meters of the jar do. */
class Meter {
  count = 0;

  constructor(file: string) {
    setInterval(() => {
      appendFileSync(file, `${Date.now()}\t${process.pid}\t${this.count}\n`);
    }, rowsEveryMs).unref();
  }
}

let shared: Meter | null = null;

/** One for all tasks of this process. */
function meterOf(file: string): Meter {
  shared ??= new Meter(file);
  return shared;
}

function busySpout(file: string, acked: boolean) {
  return spout({
    streams: { default: { message: field<string>() } },
    open: (_, collector) => {
      const meter = meterOf(file);
      let emitted = 0;
      return {
        nextTuple: () => {
          const message = messages[emitted % messages.length] ?? '';
          emitted += 1;
          if (acked) collector.emit({ message }, { messageId: emitted });
          else collector.emit({ message });
        },
        ack: () => {
          meter.count += 1;
        },
      };
    },
  });
}

const pass = bolt({
  streams: { default: { message: field<string>() } },
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<Message>) => {
      collector.emit({ message: tuple.values.message }, { anchors: tuple });
      collector.ack(tuple);
    },
  }),
});

const end = (file: string, metered: boolean) =>
  bolt({
    streams: {},
    prepare: (_, collector) => {
      const meter = metered ? meterOf(file) : null;
      return {
        execute: (tuple: Tuple<Message>) => {
          collector.ack(tuple);
          if (meter !== null) meter.count += 1;
        },
      };
    },
  });

export default (file = '/dev/null', ...words: readonly string[]) => {
  const [
    spouts = '1',
    bolts = '1',
    levels = '3',
    acking = 'acked',
    workers = '1',
    pending = '1000',
  ] = words;
  const acked = acking === 'acked';
  const conf = {
    'topology.workers': Number(workers),
    'topology.acker.executors': acked ? Number(workers) : 0,
    'topology.max.spout.pending': Number(pending),
  };
  // The number of levels is not in the types: every level looks like the one before it.
  let last = new TopologyBuilder('sol', conf).setSpout('level1', busySpout(file, acked), {
    parallelism: Number(spouts),
  });
  for (let level = 2; level < Number(levels); level++) {
    last = last
      .setBolt(`level${level}` as 'next', pass, { parallelism: Number(bolts) })
      .shuffleGrouping(`level${level - 1}` as 'level1') as unknown as typeof last;
  }
  return last
    .setBolt('end', end(file, !acked), { parallelism: Number(bolts) })
    .shuffleGrouping(`level${Number(levels) - 1}` as 'level1')
    .build();
};
