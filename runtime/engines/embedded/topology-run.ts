import type {
  LoggerLevel,
  PeekListener,
  PeekRequest,
  StormId,
  WorkerDescription,
} from '../../../storm-api/index.ts';
import type { Clock } from '../../clock.ts';
import type { ControlFrame } from '../../wire/index.ts';
import type { Deployment } from '../engine.ts';
import type { WorkerReport } from './control-server.ts';
import { PeekSession } from './peek-session.ts';
import type { WorkerRecord } from './worker-ledger.ts';
import type { WorkerSlot } from './worker-slot.ts';

/** The workers of one topology and who looks at them. */
export class TopologyRun {
  readonly #deployment: Deployment;
  readonly #slots: readonly WorkerSlot[];
  readonly #peeks = new Map<number, PeekSession>();
  #lastPeekId = 0;
  #isStopping = false;

  constructor(deployment: Deployment, slots: readonly WorkerSlot[]) {
    this.#deployment = deployment;
    this.#slots = slots;
  }

  get stormId(): StormId {
    return this.#deployment.plan.stormId;
  }

  start(records: readonly WorkerRecord[]): void {
    for (const slot of this.#slots) {
      slot.start(records.find((record) => record.workerIndex === slot.worker.index) ?? null);
    }
  }

  setActive(active: boolean): void {
    for (const slot of this.#slots) slot.setActive(active);
  }

  setLogLevels(levels: readonly LoggerLevel[]): void {
    for (const slot of this.#slots) slot.setLogLevels(levels);
  }

  send(frame: ControlFrame): void {
    for (const slot of this.#slots) slot.send(frame);
  }

  async stop(reason: string): Promise<void> {
    this.#isStopping = true;
    try {
      await Promise.all(this.#slots.map((slot) => slot.stop(reason)));
    } finally {
      for (const peek of this.#peeks.values()) peek.end(reason, true);
      this.#peeks.clear();
    }
  }

  async abandon(): Promise<void> {
    for (const peek of this.#peeks.values()) peek.end('gearstorm serve stops');
    await Promise.all(this.#slots.map((slot) => slot.abandon()));
  }

  slotOf(token: string): WorkerSlot | null {
    return this.#slots.find((slot) => slot.token === token) ?? null;
  }

  /** Of a running worker of our own kind. */
  nativeSlotOf(pid: number): WorkerSlot | null {
    const isWanted = (slot: WorkerSlot) =>
      slot.worker.host === 'native' && slot.isRunning && slot.describe().pid === pid;
    return this.#slots.find(isWanted) ?? null;
  }

  slotOfProcess(pid: number): WorkerSlot | null {
    return this.#slots.find((slot) => slot.describe().pid === pid) ?? null;
  }

  describe(): readonly WorkerDescription[] {
    return this.#slots.map((slot) => slot.describe());
  }

  async peek(request: PeekRequest, listener: PeekListener, clock: Clock): Promise<() => void> {
    const id = ++this.#lastPeekId;
    const session = new PeekSession(id, request, listener);
    this.#peeks.set(id, session);
    await session.start(this.#slotsOf(request), clock);
    return () => {
      session.stop();
      this.#peeks.delete(id);
    };
  }

  /** Only what peeks care about. */
  onReport(slot: WorkerSlot, report: WorkerReport): void {
    if (report.type === 'peek-started') this.#peeks.get(report.id)?.onStarted(slot);
    if (report.type === 'peek-tuples') this.#peeks.get(report.id)?.onTuples(report);
    if (report.type === 'exiting' && this.#isStopping) {
      for (const peek of this.#peeks.values()) peek.onLastWords(slot);
    }
  }

  onRunning(slot: WorkerSlot): void {
    for (const peek of this.#peeks.values()) {
      if (this.#slotsOf(peek.request).includes(slot)) peek.onRunning(slot);
    }
  }

  onDisconnected(slot: WorkerSlot): void {
    for (const [id, peek] of this.#peeks) {
      peek.onDisconnected(slot);
      if (peek.isEnded) this.#peeks.delete(id);
    }
  }

  #slotsOf({ component }: PeekRequest): readonly WorkerSlot[] {
    const workers = this.#deployment.plan.executors
      .filter((executor) => executor.component === component)
      .map((executor) => executor.worker);
    return this.#slots.filter((slot) => workers.includes(slot.worker.index));
  }
}
