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
      'Storm acks a tuple that goes nowhere inside emit, where a spout that notes it after the emit misses it; ours is acked after nextTuple, as every other.',
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
    reason:
      'Of nine or more subscribers, those that share a bucket are asked in the order of hashes of Clojure, which are others in 0.9 (golden/groupings.ndjson has both).',
    ignore: [/^emit\tend ArrayList \[end\]\t/],
  },
  {
    probe: 'grouping',
    generations: nine,
    reason: '0.9 hashes the list of values, so arrays count by identity; 0.10 looks into them.',
    ignore: [/^(arrived|emit)\tone\b.*\[(B|I|J|D|Ljava\.lang\.(String|Object);) /],
  },
  {
    probe: 'context',
    generations: nine,
    reason: 'Nimbus of 0.9 does not say who submitted.',
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
    generations: nine,
    reason: 'The system stream that carries credentials came with 0.10.',
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
    probe: 'failures',
    generations: both,
    reason:
      'Storm wraps what fails behind one of its queues in a RuntimeException; ours shows what was thrown.',
    rewrite: [[/^(error\t.*\t)java\.lang\.RuntimeException: (?=java\.)/, '$1']],
  },
  {
    probe: 'failures',
    generations: both,
    reason:
      'A hook or grouping that cannot be prepared ends a worker of Storm without a word to Nimbus; ours says so.',
    ignore: [/^error\tload\t\S+\t.*fails: (hook|grouping) prepare$/],
  },
  {
    probe: 'endings',
    generations: nine,
    reason: "An Error in a thread of the user's own ends a worker from 0.10 on.",
    rewrite: [[/^recovered\town error$/, '']],
    ignore: [/^process\town error$/],
  },
  {
    probe: 'failures',
    generations: both,
    reason:
      'Storm finds after the emit that a value cannot be serialized, ours in the emit: either way it ends the worker, whatever user code catches.',
    rewrite: [[/^(emit\tbetween\t)returned$/, '$1threw']],
  },
];
