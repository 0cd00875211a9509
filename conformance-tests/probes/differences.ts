/** A place where our notes are to differ from those of real Storm 0.10.2. */
export interface Difference {
  readonly probe: string;
  /** The generations of which it holds. */
  readonly generations: readonly ('0.9' | '0.10')[];
  /** What is otherwise, and why. */
  readonly reason: string;
  /** What in a golden line is replaced before the comparison; a line left empty is expected no more. */
  readonly rewrite?: readonly (readonly [RegExp, string])[];
  /** Lines that are not compared, golden or ours. */
  readonly ignore?: readonly RegExp[];
}

const both = ['0.9', '0.10'] as const;
const nine = ['0.9'] as const;
const otherWords = 'the same class of error in other words, which name the stream or the task';

/** Every known difference. */
export const differences: readonly Difference[] = [
  ...['acking', 'acking-without-timeouts'].map((probe) => ({
    probe,
    generations: both,
    reason:
      'Storm acks a tuple that goes nowhere inside emit; ours is acked after nextTuple, as every other.',
    rewrite: [
      [
        /^(ack\tString (?:directly to nobody|no such stream|nobody listens)\t)inside nextTuple/,
        '$1between calls',
      ],
    ] as const,
  })),
  {
    probe: 'grouping',
    generations: both,
    reason:
      'Not yet: the list that emit returns cannot be changed; Storm makes one for every emit.',
    rewrite: [
      [
        /^(emit\ta list that can be changed)\tBoolean true/,
        '$1\tthrows java.lang.UnsupportedOperationException: null',
      ],
    ],
  },
  {
    probe: 'grouping',
    generations: both,
    reason: `An emit that should be direct, or should not: ${otherWords}.`,
    rewrite: [
      [
        /^(emit\t(\S+) .*)Cannot do regular emit to direct stream/,
        '$1stream $2 has a direct subscriber: use emitDirect',
      ],
      [
        /^(emitDirect\t(\S+) (\d+) .*)Cannot emitDirect to a task expecting a regular grouping/,
        '$1task $3 does not subscribe to $2 with a direct grouping',
      ],
    ],
  },
  {
    probe: 'grouping',
    generations: nine,
    reason: '0.9 hashes the list of values, so arrays count by identity; 0.10 looks into them.',
    ignore: [/^(arrived|emit)\tone\b.*\[(B|I|J|D|Ljava\.lang\.(String|Object);) /],
  },
  {
    probe: 'context',
    generations: both,
    reason:
      'Not yet: a whole number of the defaults is an Integer in Storm, which reads them as YAML; ours is a Long like those of the topology.',
    rewrite: [[/^(conf \S+\ttopology\.\S+\t)Integer (\d+)$/, '$1Long $2']],
  },
  {
    probe: 'context',
    generations: both,
    reason: 'Not yet: the user who submitted, whom Nimbus of 0.10 adds to the configuration.',
    rewrite: [[/^conf \S+\ttopology\.(submitter\.principal|submitter\.user|users)\t.*/, '']],
  },
  {
    probe: 'context',
    generations: both,
    reason: 'The code directory is there even if the jar has no resources.',
    rewrite: [[/^(places\t.* codeDir\t.* )does not exist/, '$1exists']],
  },
  {
    probe: 'context',
    generations: both,
    reason: 'Tasks of the acker are numbered but run nowhere, so no worker has them.',
    rewrite: [[/^(task\t.* worker tasks\t.*)Integer 7, Integer 8, /, '$1']],
  },
  {
    probe: 'context',
    generations: both,
    reason: 'Not yet: credentials, and the system stream that carries them from 0.10 on.',
    rewrite: [[/^getTopology\tbolt __system\tstream __credentials\t.*/, '']],
  },
  {
    probe: 'context',
    generations: nine,
    reason: '0.9 writes only the numbers of the tasks and of this one into the JSON of a context.',
    ignore: [/^task\t.* toJSONString\t/],
  },
  {
    probe: 'context',
    generations: nine,
    reason: 'The defaults of 0.9 have other keys than those of 0.10.',
    rewrite: [
      [
        /^conf \S+\ttopology\.(bolts\.outgoing\.overflow\.buffer\.enable|testing\.always\.try\.serialize)\t.*/,
        '',
      ],
    ],
    ignore: [/^conf \S+\ttopology\.receiver\.buffer\.size\t/],
  },
  {
    probe: 'observer',
    generations: both,
    reason:
      'The acker runs nowhere: nothing is sent to it that could be counted, and it has no hooks.',
    rewrite: [
      [/^metric\t.*\t__(emit|transfer)-count\t__ack_(init|ack|fail) .*/, ''],
      [/^hook\tconfigured\t__acker 1\tprepare$/, ''],
    ],
  },
  {
    probe: 'observer',
    generations: both,
    reason: 'Not yet: each task of Storm says on the stream `__system` that it has started.',
    rewrite: [[/^metric\t.*\t__(emit|transfer)-count\t__system .*/, '']],
  },
  {
    probe: 'observer',
    generations: both,
    reason: 'Executors have no queue for sending, and spouts none for receiving.',
    rewrite: [[/^metric\t(\S+ \d+\t__sendqueue|spout 5\t__receive)\t.*/, '']],
  },
  {
    probe: 'observer',
    generations: both,
    reason: 'Not yet: an emit to nobody counts as none transferred; ours is not mentioned.',
    rewrite: [[/^metric\tbolt \d+\t__transfer-count\tdefault .*/, '']],
  },
  {
    probe: 'observer',
    generations: both,
    reason: "The list of a tick's values is of another class.",
    rewrite: [
      [/^(bolt \d\ttick\t)clojure\.lang\.PersistentVector /, '$1ImmutableCollections$$List12 '],
    ],
  },
];
