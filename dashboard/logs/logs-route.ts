import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { NotAliveError, type StormId, type TopologyService } from '../../storm-api/index.ts';
import { linesAnswer } from '../answer-schemas.ts';
import { LineStream } from '../line-stream.ts';
import { findTopology } from '../topology-lookup.ts';
import type { LogLine } from './log-answers.ts';
import { LineFacts } from './log-lines.ts';
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

/** The logs of all workers of a topology: `{"ports":[…]}`, then a LogLine for each line. */
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

/** One log that is read. */
interface Reading {
  readonly tail: LogTail;
  readonly facts: LineFacts;
}

/** Which files are read is the service's word, never the caller's. */
class LogFeed {
  readonly #service: TopologyService;
  readonly #topology: StormId;
  readonly #stream: LineStream;
  readonly #readings = new Map<string, Reading>();

  constructor(service: TopologyService, topology: StormId, stream: LineStream) {
    this.#service = service;
    this.#topology = topology;
    this.#stream = stream;
  }

  /** An answer that has begun cannot become an error any more: it only ends. */
  async run(lastLines: number, follow: boolean): Promise<void> {
    try {
      const readings = this.#currentReadings();
      this.#stream.writeLines([{ ports: readings.map(([port]) => port) }]);
      for (const [port, reading] of readings) {
        this.#write(port, reading, await reading.tail.lastLines(lastLines));
      }
      while (follow && this.#stream.isOpen) {
        for (const [port, reading] of this.#currentReadings()) await this.#writeNew(port, reading);
        await sleep(pollMs);
      }
    } catch (error) {
      if (!(error instanceof NotAliveError))
        this.#stream.writeLines([{ end: 'a log cannot be read' }]);
    }
    this.#stream.end();
  }

  /** Workers come and go while we follow. @throws NotAliveError */
  #currentReadings(): readonly (readonly [number, Reading])[] {
    return this.#service.describe(this.#topology).workerList.map(({ port, logFile }) => {
      const known = this.#readings.get(logFile);
      const reading = known ?? { tail: new LogTail(logFile), facts: new LineFacts() };
      this.#readings.set(logFile, reading);
      return [port, reading] as const;
    });
  }

  async #writeNew(port: number, reading: Reading): Promise<void> {
    while (this.#stream.isOpen) {
      const lines = await reading.tail.newLines();
      if (lines.length === 0) return;
      this.#write(port, reading, lines);
      await this.#stream.drained();
    }
  }

  #write(port: number, { facts }: Reading, lines: readonly string[]): void {
    this.#stream.writeLines(lines.map((line): LogLine => ({ port, line, ...facts.of(line) })));
  }
}
