import type { AnswerConfig } from './open-api.ts';

/** Types of the answers of our own paths, as JSON Schema, for the description that we serve. */
type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const whole = { type: 'integer' };
const number = { type: 'number' };
const flag = { type: 'boolean' };
const orNull = (schema: Schema) => ({ anyOf: [schema, { type: 'null' }] });
const listOf = (items: Schema) => ({ type: 'array', items });
const byName = (values: Schema) => ({ type: 'object', additionalProperties: values });
/** All of the keys are always there, and no others. */
const object = (properties: Readonly<Record<string, Schema>>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

const answering = (answer: Schema): { readonly config: AnswerConfig } => ({ config: { answer } });

/** Nothing to be told. */
export const doneAnswer = answering(object({}));

export const liveAnswer = answering(
  object({
    timeMs: whole,
    topologies: listOf(
      object({
        ...{ id: text, name: text, status: text, problem: orNull(text), uptimeSecs: whole },
        ...{ tasks: whole, executors: whole },
        workers: listOf(
          object({
            ...{ port: whole, state: text, restarts: whole },
            ...{ restartsAtMs: orNull(number), lastExit: orNull(text) },
          }),
        ),
        components: listOf(
          object({
            ...{ id: text, kind: text, executors: whole, emitted: whole, transferred: whole },
            ...{ executed: whole, acked: whole, failed: whole },
            timedOut: orNull(object({ trees: whole, followed: whole, holders: byName(whole) })),
          }),
        ),
        lastErrors: listOf(
          object({ component: text, task: orNull(whole), timeMs: number, message: text }),
        ),
      }),
    ),
  }),
);

export const statesAnswer = answering(
  object({
    zooKeeper: orNull(object({ host: text, port: whole })),
    claims: listOf(object({ topology: text, path: text })),
  }),
);

export const drpcAnswer = answering(
  object({
    functions: listOf(
      object({
        ...{ function: text, topologies: listOf(text), waiting: whole, inFlight: whole },
        ...{ served: whole, failed: whole, timedOut: whole, cancelled: whole },
        latencyMs: orNull(
          object({ results: whole, p50: number, p95: number, p99: number, max: number }),
        ),
      }),
    ),
  }),
);

const counts = {
  ...{ emitted: orNull(whole), transferred: orNull(whole), executed: orNull(whole) },
  ...{ acked: orNull(whole), failed: orNull(whole) },
  ...{ executeMs: orNull(number), ackMs: orNull(number) },
};
const windows = listOf(object({ window: text, ...counts }));
const kind = { enum: ['spout', 'bolt'] };

export const topologyCountsAnswer = answering(
  object({ windows, components: listOf(object({ id: text, kind, ...counts })) }),
);

export const componentCountsAnswer = answering(
  object({
    ...{ kind, windows },
    inputs: listOf(
      object({
        ...{ source: text, stream: text, executed: whole, acked: whole, failed: whole },
        ...{ executeMs: orNull(number), processMs: orNull(number) },
      }),
    ),
    outputs: listOf(
      object({
        ...{ stream: text, emitted: whole, transferred: whole, acked: whole, failed: whole },
        completeMs: orNull(number),
      }),
    ),
    executors: listOf(object({ firstTask: whole, lastTask: whole, port: whole, ...counts })),
  }),
);

const partition = { topic: text, partition: whole };

export const lagAnswer = answering(
  object({
    timeMs: number,
    components: listOf(
      object({
        ...{ id: text, total: whole },
        partitions: listOf(
          object({
            ...{ ...partition, task: whole, lag: whole, endOffset: whole, doneOffset: whole },
            timeMs: number,
          }),
        ),
      }),
    ),
    history: object({
      timesMs: listOf(number),
      series: listOf(object({ component: text, ...partition, lags: listOf(orNull(whole)) })),
    }),
  }),
);

export const configurationAnswer = answering(
  object({
    lines: listOf(object({ key: text, value: text, fallback: orNull(text), isChanged: flag })),
  }),
);

export const logSearchAnswer = answering(
  object({
    lines: listOf(
      object({
        ...{ port: whole, file: text, offset: whole, line: text },
        ...{ time: orNull(text), level: orNull(text), logger: orNull(text) },
        ...{ component: orNull(text), task: orNull(whole) },
      }),
    ),
    complete: flag,
  }),
);

export const logWindowAnswer = answering(
  object({ before: listOf(text), line: text, after: listOf(text) }),
);

export const threadsAnswer = answering(object({ text }));

export const profileAnswer = answering(
  object({
    ...{ name: text, samples: whole },
    calls: {
      ...listOf({ type: 'object' }),
      description: 'Of the same form, each with those that it called',
    },
  }),
);

const placed = listOf(object({ port: whole, executors: whole }));

export const rebalancePreviewAnswer = answering(
  object({
    ...{ workersBefore: whole, workersAfter: whole, executorsBefore: whole, executorsAfter: whole },
    moves: listOf(object({ component: text, before: placed, after: placed })),
  }),
);

export const uploadAnswer = answering(
  object({
    file: text,
    name: text,
    bytes: whole,
    kind: { enum: ['jar', 'program'] },
    mains: listOf(text),
  }),
);

export const runAnswer = answering(object({ run: text }));

export const startAnswer = answering(object({ started: listOf(object({ id: text, name: text })) }));

/** Told by the page's own messages, which have types instead. */
export const eventsAnswer: { readonly config: AnswerConfig } = {
  config: { contentType: 'text/event-stream' },
};

/** A JSON value a line. */
export const linesAnswer: { readonly config: AnswerConfig } = {
  config: { contentType: 'application/x-ndjson' },
};
