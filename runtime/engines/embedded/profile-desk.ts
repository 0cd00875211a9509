import { type Clock, within } from '../../clock.ts';
import { type ControlFrame, PieceJoiner, type SeenStack } from '../../wire/index.ts';
import { EngineError } from '../errors.ts';
import type { WorkerReport } from './control-server.ts';

/** A worker that has not answered so long after the watch is over does not answer. */
const patienceMs = 10_000;

/** A worker, as long as it is the same object. */
interface Worker {
  send(frame: ControlFrame): void;
}

interface Watch {
  readonly joiner: PieceJoiner;
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/** Asks native workers where their thread spends its time; one question for each at a time. */
export class ProfileDesk {
  readonly #clock: Clock;
  readonly #watches = new Map<Worker, Watch>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws EngineError with a sentence when the worker is being asked already or does not answer */
  async profile(worker: Worker, ms: number): Promise<readonly SeenStack[]> {
    if (this.#watches.has(worker)) throw new EngineError('this worker is being looked at already');
    const answer = new Promise<string>((resolve, reject) => {
      this.#watches.set(worker, { joiner: new PieceJoiner(), resolve, reject });
    });
    try {
      worker.send({ type: 'profile-start', ms });
      const text = await within(this.#clock, ms + patienceMs, answer);
      if (text === null) throw new EngineError('this worker is too busy to be looked at');
      return JSON.parse(text) as readonly SeenStack[];
    } finally {
      this.#watches.delete(worker);
    }
  }

  /** Only what is about profiles. @throws WireError for one that is too long */
  onReport(worker: Worker, report: WorkerReport): void {
    const watch = this.#watches.get(worker);
    if (report.type === 'profile-failed') watch?.reject(new EngineError(report.reason));
    if (report.type !== 'profile') return;
    const { text, more } = report;
    const whole = watch?.joiner.add({ text, more }) ?? null;
    if (whole !== null) watch?.resolve(whole);
  }

  onDisconnected(worker: Worker): void {
    this.#watches.get(worker)?.reject(new EngineError('this worker ended or lost its connection'));
  }
}
