import type { DrpcRequests, StormId } from '../../../storm-api/index.ts';
import { type ControlFrame, PieceJoiner, piecesOf } from '../../wire/index.ts';
import type { WorkerReport } from './control-server.ts';

/** A worker, as long as it is the same object. */
interface Worker {
  send(frame: ControlFrame): void;
}

/** One connection of a worker that has spoken of DRPC. */
interface Session {
  readonly gone: AbortController;
  readonly joiner: PieceJoiner;
}

/** Hands DRPC requests out over the control connections, and takes their results. */
export class DrpcDesk {
  readonly #requests: DrpcRequests;
  readonly #sessions = new Map<Worker, Session>();

  constructor(requests: DrpcRequests) {
    this.#requests = requests;
  }

  /** Only what is about DRPC. @throws WireError for a result that is too long */
  onReport(id: StormId, worker: Worker, report: WorkerReport): void {
    if (report.type === 'drpc-fetch') void this.#fetch(id, worker, report.function);
    if (report.type === 'drpc-fail') this.#requests.fail(id, report.id, report.reason);
    if (report.type === 'drpc-result') {
      const { result: text, more } = report;
      const result = this.#sessionOf(worker).joiner.add({ text, more });
      if (result !== null) this.#requests.result(id, report.id, result);
    }
  }

  /** What was handed out over the connection is lost with it. */
  onDisconnected(worker: Worker): void {
    this.#sessions.get(worker)?.gone.abort();
    this.#sessions.delete(worker);
  }

  async #fetch(id: StormId, worker: Worker, name: string): Promise<void> {
    const { signal } = this.#sessionOf(worker).gone;
    try {
      const request = await this.#requests.take(id, name, signal);
      if (request === null) return;
      for (const { text, more } of piecesOf(request.args)) {
        worker.send({ type: 'drpc-request', function: name, id: request.id, args: text, more });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!signal.aborted) worker.send({ type: 'drpc-refused', function: name, reason });
    }
  }

  #sessionOf(worker: Worker): Session {
    const known = this.#sessions.get(worker);
    if (known !== undefined) return known;
    const session = { gone: new AbortController(), joiner: new PieceJoiner() };
    this.#sessions.set(worker, session);
    return session;
  }
}
