import {
  type PeekedTuple,
  type PeekListener,
  type PeekRequest,
  streamId,
  taskId,
} from '../../../storm-api/index.ts';
import { type Clock, within } from '../../clock.ts';
import type { WorkerReport } from './control-server.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** A worker that has not answered by then is too busy to be waited for. */
const startedMsMax = 5_000;

type PeekTuples = Extract<WorkerReport, { type: 'peek-tuples' }>;

/** One listener's tap on a component, fanned out to the workers that run it. */
export class PeekSession {
  readonly #id: number;
  readonly request: PeekRequest;
  readonly #listener: PeekListener;
  readonly #tapping = new Set<WorkerSlot>();
  readonly #unanswered = new Set<WorkerSlot>();
  #onAnswered: () => void = () => {};
  #ended = false;

  constructor(id: number, request: PeekRequest, listener: PeekListener) {
    this.#id = id;
    this.request = request;
    this.#listener = listener;
  }

  /** Resolves when every worker that runs now taps, or is gone. */
  async start(slots: readonly WorkerSlot[], clock: Clock): Promise<void> {
    const answered = new Promise<void>((resolve) => {
      this.#onAnswered = resolve;
    });
    for (const slot of slots) if (slot.isRunning) this.onRunning(slot);
    if (this.#unanswered.size > 0) await within(clock, startedMsMax, answered);
  }

  /** Also for workers that came, or came back, after the start. */
  onRunning(slot: WorkerSlot): void {
    if (this.#ended || this.#tapping.has(slot)) return;
    const { component, stream, all } = this.request;
    this.#tapping.add(slot);
    this.#unanswered.add(slot);
    slot.send({ type: 'peek-start', id: this.#id, component, stream, all });
  }

  onStarted(slot: WorkerSlot): void {
    this.#unanswered.delete(slot);
    if (this.#unanswered.size === 0) this.#onAnswered();
  }

  onTuples(frame: PeekTuples): void {
    if (this.#ended) return;
    const tuples = frame.tuples.map(
      (tuple): PeekedTuple => ({
        task: taskId(tuple.task),
        stream: streamId(tuple.stream),
        timeMs: tuple.timeMs,
        values: tuple.values,
      }),
    );
    this.#listener.onTuples(tuples, frame.missed);
  }

  /** What the worker had not sent is lost: who wants every tuple must know. */
  onDisconnected(slot: WorkerSlot): void {
    if (!this.#tapping.delete(slot)) return;
    this.onStarted(slot);
    if (this.request.all) {
      this.end(`the worker on port ${slot.worker.port} ended or lost its connection`);
    }
  }

  /** The worker ends as it was told to, and has sent all it tapped. */
  onLastWords(slot: WorkerSlot): void {
    this.#tapping.delete(slot);
    this.onStarted(slot);
  }

  /** @param complete whether every worker that tapped has said its last words */
  end(reason: string, complete = false): void {
    if (this.#ended) return;
    const allSent = complete && this.#tapping.size === 0;
    this.stop();
    this.#listener.onEnd(reason, allSent);
  }

  stop(): void {
    this.#ended = true;
    for (const slot of this.#tapping) slot.send({ type: 'peek-stop', id: this.#id });
    this.#tapping.clear();
  }

  get isEnded(): boolean {
    return this.#ended;
  }
}
