import { setMaxListeners } from 'node:events';
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
  /** By function; aborted for the fetches that are not answered yet. */
  readonly withdrawals: Map<string, AbortController>;
  readonly results: PieceJoiner;
  readonly returned: PieceJoiner;
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
      const result = this.#sessionOf(worker).results.add({ text, more });
      if (result !== null) this.#requests.result(id, report.id, result);
    }
    if (report.type === 'drpc-withdraw') this.#withdraw(worker, report.function);
    if (report.type === 'drpc-return') {
      const { args: text, more } = report;
      const args = this.#sessionOf(worker).returned.add({ text, more });
      if (args !== null) this.#requests.giveBack(id, { id: report.id, args });
    }
  }

  /** What was handed out over the connection is lost with it. */
  onDisconnected(worker: Worker): void {
    const session = this.#sessions.get(worker);
    this.#sessions.delete(worker);
    for (const withdrawal of session?.withdrawals.values() ?? []) withdrawal.abort();
    session?.gone.abort();
  }

  async #fetch(id: StormId, worker: Worker, name: string): Promise<void> {
    const session = this.#sessionOf(worker);
    const gone = session.gone.signal;
    const taker = { gone, withdrawn: withdrawalOf(session, name).signal };
    try {
      const request = await this.#requests.take(id, name, taker);
      if (request === null) return;
      for (const { text, more } of piecesOf(request.args)) {
        worker.send({ type: 'drpc-request', function: name, id: request.id, args: text, more });
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (!gone.aborted) worker.send({ type: 'drpc-refused', function: name, reason });
    }
  }

  #withdraw(worker: Worker, name: string): void {
    const { withdrawals } = this.#sessionOf(worker);
    withdrawals.get(name)?.abort();
    withdrawals.delete(name);
  }

  #sessionOf(worker: Worker): Session {
    const known = this.#sessions.get(worker);
    if (known !== undefined) return known;
    const session = {
      gone: new AbortController(),
      withdrawals: new Map<string, AbortController>(),
      results: new PieceJoiner(),
      returned: new PieceJoiner(),
    };
    this.#sessions.set(worker, session);
    return session;
  }
}

/** Every fetch of the function that waits listens to it. */
function withdrawalOf({ withdrawals }: Session, name: string): AbortController {
  const known = withdrawals.get(name);
  if (known !== undefined) return known;
  const withdrawal = new AbortController();
  setMaxListeners(0, withdrawal.signal);
  withdrawals.set(name, withdrawal);
  return withdrawal;
}
