// gearstorm submit conformance-tests/native/delivery.ts --name NAME -- LOG [OPTION=N]...
// The topology of acme.delivery as a program, with the same rows for the same judge.
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import {
  basicBolt,
  bolt,
  field,
  spout,
  TopologyBuilder,
  type TopologyContext,
  type Tuple,
} from 'gearstorm';

const lookMs = 100;

interface Letter {
  readonly letter: number;
  readonly token: string;
}

type Half = Letter & { readonly half: string };

/** Appends rows; one that is cut short by the death of its process spoils no other. */
class RowLog {
  readonly #file: number;
  readonly #prefix: string;

  constructor(path: string, { componentId, taskId }: TopologyContext) {
    this.#file = openSync(path, 'a');
    this.#prefix = `\n${componentId}\t${taskId}\t${process.pid}`;
    this.record('open', Date.now());
  }

  record(event: string, ...facts: readonly (string | number)[]): void {
    writeSync(this.#file, `${[this.#prefix, event, ...facts].join('\t')}\t.`);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** What a source must not forget over the death of its process; cut entries are ignored. */
class Journal {
  readonly undelivered = new Set<number>();
  readonly #file: number;
  #letters = 0;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
    for (const entry of readFileSync(path, 'utf8').split('\n')) {
      if (entry.endsWith(';')) this.#learn(entry[0] ?? '', Number(entry.slice(1, -1)));
    }
  }

  next(): number {
    writeSync(this.#file, `\n+${this.#letters};`);
    return this.#letters++;
  }

  delivered(letter: number): void {
    writeSync(this.#file, `\n-${letter};`);
  }

  #learn(kind: string, letter: number): void {
    if (kind === '-') this.undelivered.delete(letter);
    else this.undelivered.add(letter);
    this.#letters = Math.max(this.#letters, letter + 1);
  }
}

function letters(path: string, perSecond: number) {
  return spout({
    streams: { default: { letter: field<number>(), token: field<string>() } },
    open: (context, collector) => {
      const log = new RowLog(path, context);
      const journal = new Journal(`${path}.source-${context.taskId}`);
      const again = [...journal.undelivered];
      const beganMs = performance.now();
      let [lookedMs, ended, fresh, sendings] = [-lookMs, false, 0, 0];
      const mayBegin = () => {
        const nowMs = performance.now();
        if (!ended && nowMs - lookedMs >= lookMs) {
          lookedMs = nowMs;
          ended = existsSync(`${path}.enough`);
          if (ended) log.record('end');
        }
        return !ended && fresh < ((nowMs - beganMs) / 1000) * perSecond;
      };
      const nextLetter = () => {
        if (!mayBegin()) return undefined;
        fresh += 1;
        return journal.next();
      };
      return {
        nextTuple: () => {
          const letter = again.shift() ?? nextLetter();
          if (letter === undefined) return;
          sendings += 1;
          const token = `${letter}/${context.taskId}/${process.pid}/${sendings}`;
          log.record('send', token);
          collector.emit({ letter, token }, { messageId: token });
        },
        ack: (token) => {
          log.record('ack', String(token));
          journal.delivered(Number.parseInt(String(token), 10));
        },
        fail: (token) => {
          log.record('fail', String(token));
          again.push(Number.parseInt(String(token), 10));
        },
        close: () => log.close(),
      };
    },
  });
}

export const sort = bolt({
  streams: {
    halves: { letter: field<number>(), token: field<string>(), half: field<string>() },
    copies: { token: field<string>() },
  },
  prepare: (_, collector) => ({
    execute: (tuple: Tuple<Letter>) => {
      const { letter, token } = tuple.values;
      collector.emit({ letter, token, half: 'left' }, { stream: 'halves', anchors: tuple });
      collector.emit({ token }, { stream: 'copies', anchors: tuple });
      collector.emit({ letter, token, half: 'right' }, { stream: 'halves', anchors: tuple });
      collector.ack(tuple);
    },
  }),
});

export const carry = basicBolt({
  streams: { default: { letter: field<number>(), token: field<string>(), half: field<string>() } },
  execute: ({ values }: Tuple<Half>, collector) => {
    collector.emit({ letter: values.letter, token: values.token, half: values.half });
  },
});

const door = (path: string) =>
  bolt({
    streams: {},
    prepare: (context, collector) => {
      const log = new RowLog(path, context);
      return {
        execute: (tuple: Tuple<Half>) => {
          log.record('effect', tuple.values.token, tuple.values.half);
          collector.ack(tuple);
        },
        cleanup: () => log.close(),
      };
    },
  });

/** Writes and acks later, several at a time. */
export const archive = (path: string) =>
  bolt({
    streams: {},
    concurrency: 8,
    prepare: (context, collector) => {
      const log = new RowLog(path, context);
      const shelf = `shelf-${context.taskIndex}`;
      return {
        execute: async (tuple: Tuple<{ readonly token: string }>) => {
          await new Promise((resolve) => setImmediate(resolve));
          log.record('effect', tuple.values.token, shelf);
          collector.ack(tuple);
        },
        cleanup: () => log.close(),
      };
    },
  });

export default (path = '', ...words: readonly string[]) => {
  const options = new Map(words.map((word) => word.split('=') as [string, string]));
  const option = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  return new TopologyBuilder('delivery', {
    'topology.workers': option('workers', 3),
    'topology.max.spout.pending': option('pending', 500),
    'topology.message.timeout.secs': option('timeout', 5),
  })
    .setSpout('letters', letters(path, option('rate', 500)), { parallelism: 2 })
    .setBolt('sort', sort, { parallelism: 3 })
    .shuffleGrouping('letters')
    .setBolt('carry', carry, { parallelism: 3 })
    .localOrShuffleGrouping('sort', 'halves')
    .setBolt('door', door(path), { parallelism: 3 })
    .fieldsGrouping('carry', ['letter'])
    .setBolt('archive', archive(path), { parallelism: 2 })
    .allGrouping('sort', 'copies')
    .build();
};
