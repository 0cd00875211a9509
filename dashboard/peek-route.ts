import type { FastifyInstance } from 'fastify';
import {
  componentId,
  type PeekedTuple,
  type PeekListener,
  streamId,
  type TopologyService,
} from '../storm-api/index.ts';
import { linesAnswer } from './answer-schemas.ts';
import { LineStream } from './line-stream.ts';
import { findTopology } from './topology-lookup.ts';

/** A reader that is further behind than this misses tuples, and is told how many. */
const waitingBytesMax = 32 * 1024 * 1024;

interface PeekParameters {
  readonly Params: { readonly topology: string };
  readonly Querystring: {
    readonly component: string;
    readonly stream?: string;
    readonly all?: string;
  };
}

const schema = {
  querystring: {
    type: 'object',
    required: ['component'],
    properties: {
      component: { type: 'string' },
      stream: { type: 'string' },
      all: { type: 'string', enum: ['true', 'false'] },
    },
  },
};

/**
 * Live tuples of a component, one JSON object per line: `{"peek":"started"}` once every worker taps, then
 * tuples, `{"missed":n}` where some were left out, and
 * `{"end":reason,"complete":boolean}` when there is nothing more to come.
 */
export function addPeekRoute(server: FastifyInstance, service: TopologyService): void {
  server.get<PeekParameters>(
    '/api/gearstorm/topology/:topology/peek',
    { schema, ...linesAnswer },
    async (request, reply) => {
      const { name } = findTopology(service, request.params.topology);
      const { component, stream, all } = request.query;
      const listener = new LineListener();
      const stop = await service.peek(
        name,
        {
          component: componentId(component),
          stream: stream === undefined ? null : streamId(stream),
          all: all === 'true',
        },
        listener,
      );
      listener.open(new LineStream(reply, stop));
    },
  );
}

/** Writes what comes to the stream; what comes before the stream is open waits. */
class LineListener implements PeekListener {
  #stream: LineStream | null = null;
  #early: unknown[] = [];
  #isOver = false;

  open(stream: LineStream): void {
    this.#stream = stream;
    stream.writeLines([{ peek: 'started' }, ...this.#early]);
    this.#early = [];
    if (this.#isOver) stream.end();
  }

  onTuples(tuples: readonly PeekedTuple[], missed: number): void {
    const isBehind = (this.#stream?.waitingBytes ?? 0) > waitingBytesMax;
    const left = missed + (isBehind ? tuples.length : 0);
    this.#write([...(isBehind ? [] : tuples), ...(left > 0 ? [{ missed: left }] : [])]);
  }

  onEnd(reason: string, complete: boolean): void {
    this.#isOver = true;
    this.#write([{ end: reason, complete }]);
    this.#stream?.end();
  }

  #write(values: readonly unknown[]): void {
    if (this.#stream === null) this.#early.push(...values);
    else this.#stream.writeLines(values);
  }
}
