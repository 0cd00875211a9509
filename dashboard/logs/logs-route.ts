import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { NotAliveError, type StormId, type TopologyService } from '../../storm-api/index.ts';
import { linesAnswer } from '../answer-schemas.ts';
import { LineStream } from '../line-stream.ts';
import { findTopology } from '../topology-lookup.ts';
import { LogTail } from './log-tail.ts';

const pollMs = 250;
const linesDefault = 100;
const linesMax = 100_000;

interface LogsParameters {
  readonly Params: { readonly topology: string };
  readonly Querystring: { readonly lines?: number; readonly follow?: string };
}

const schema = {
  querystring: {
    type: 'object',
    properties: {
      lines: { type: 'integer', minimum: 0, maximum: linesMax },
      follow: { type: 'string', enum: ['true', 'false'] },
    },
  },
};

/** The logs of all workers of a topology: `{"ports":[…]}`, then one `{"port":…,"line":…}` per line. */
export function addLogsRoute(server: FastifyInstance, service: TopologyService): void {
  server.get<LogsParameters>(
    '/api/gearstorm/topology/:topology/logs',
    { schema, ...linesAnswer },
    async (request, reply) => {
      const { id } = findTopology(service, request.params.topology);
      const feed = new LogFeed(service, id, new LineStream(reply, () => {}));
      await feed.run(request.query.lines ?? linesDefault, request.query.follow === 'true');
    },
  );
}

/** Which files are read is the service's word, never the caller's. */
class LogFeed {
  readonly #service: TopologyService;
  readonly #topology: StormId;
  readonly #stream: LineStream;
  readonly #tails = new Map<string, LogTail>();

  constructor(service: TopologyService, topology: StormId, stream: LineStream) {
    this.#service = service;
    this.#topology = topology;
    this.#stream = stream;
  }

  /** An answer that has begun cannot become an error any more: it only ends. */
  async run(lastLines: number, follow: boolean): Promise<void> {
    try {
      const tails = this.#currentTails();
      this.#stream.writeLines([{ ports: tails.map(([port]) => port) }]);
      for (const [port, tail] of tails) {
        this.#write(port, await tail.lastLines(lastLines));
      }
      while (follow && this.#stream.isOpen) {
        for (const [port, tail] of this.#currentTails()) await this.#writeNew(port, tail);
        await sleep(pollMs);
      }
    } catch (error) {
      if (!(error instanceof NotAliveError))
        this.#stream.writeLines([{ end: 'a log cannot be read' }]);
    }
    this.#stream.end();
  }

  /** Workers come and go while we follow. @throws NotAliveError */
  #currentTails(): readonly (readonly [number, LogTail])[] {
    return this.#service.describe(this.#topology).workerList.map(({ port, logFile }) => {
      const tail = this.#tails.get(logFile) ?? new LogTail(logFile);
      this.#tails.set(logFile, tail);
      return [port, tail] as const;
    });
  }

  async #writeNew(port: number, tail: LogTail): Promise<void> {
    while (this.#stream.isOpen) {
      const lines = await tail.newLines();
      if (lines.length === 0) return;
      this.#write(port, lines);
      await this.#stream.drained();
    }
  }

  #write(port: number, lines: readonly string[]): void {
    this.#stream.writeLines(lines.map((line) => ({ port, line })));
  }
}
