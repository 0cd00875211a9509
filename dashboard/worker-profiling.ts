import { writeFile } from 'node:fs/promises';
import { RequestError } from '../storm-api/http/index.ts';
import type {
  ComponentId,
  StormId,
  TopologyService,
  WorkerDescription,
  WorkerProfiler,
  WorkerRecording,
} from '../storm-api/index.ts';
import { nextDump } from './worker-dumps.ts';
import { orSentence, type ProcessView } from './worker-routes.ts';

const minuteMs = 60_000;

type Process = WorkerDescription & { readonly pid: number };

/** Storm's profiling of workers, asked for by REST and over Thrift. */
export class WorkerProfiling implements WorkerProfiler {
  readonly #service: TopologyService;
  readonly #view: ProcessView;
  /** When recordings end, by pid. */
  readonly #recordings = new Map<number, number>();

  constructor(service: TopologyService, view: ProcessView) {
    this.#service = service;
    this.#view = view;
  }

  async startRecording(id: StormId, worker: string, minutes: number): Promise<void> {
    await this.#ofJava(id, worker, async ({ pid, logFile }) => {
      await this.#view.startRecording(pid, await nextDump(logFile, pid, 'recording'), minutes);
      this.#forgetEnded();
      this.#recordings.set(pid, Date.now() + minutes * minuteMs);
    });
  }

  async stopRecording(id: StormId, worker: string): Promise<void> {
    await this.#ofJava(id, worker, async ({ pid }) => {
      await this.#view.stopRecording(pid);
      this.#recordings.delete(pid);
    });
  }

  async dumpRecording(id: StormId, worker: string): Promise<void> {
    await this.#ofJava(id, worker, async ({ pid, logFile }) =>
      this.#view.dumpRecording(pid, await nextDump(logFile, pid, 'recording')),
    );
  }

  async dumpHeap(id: StormId, worker: string): Promise<void> {
    await this.#ofJava(id, worker, async ({ pid, logFile }) =>
      this.#view.heap(pid, await nextDump(logFile, pid, 'heap')),
    );
  }

  async dumpThreads(id: StormId, worker: string): Promise<string> {
    const all: string[] = [];
    for (const { pid, logFile } of this.#find(id, worker)) {
      const text = await orSentence(this.#view.threads(pid));
      await writeFile(await nextDump(logFile, pid, 'threads'), text, { mode: 0o600 });
      all.push(text);
    }
    return all.join('\n');
  }

  async restart(id: StormId, worker: string): Promise<void> {
    for (const { pid } of this.#find(id, worker)) this.#view.restart(pid);
  }

  recordings(id: StormId, component: ComponentId): readonly WorkerRecording[] {
    this.#forgetEnded();
    const { executorList, workerList } = this.#service.describe(id);
    const ports = new Set(
      executorList.filter((each) => each.component === component).map(({ port }) => port),
    );
    return workerList.flatMap(({ host, port, pid }) => {
      const untilMs = ports.has(port) ? this.#recordings.get(pid ?? 0) : undefined;
      return untilMs === undefined ? [] : { host, port, untilMs };
    });
  }

  #forgetEnded(): void {
    const nowMs = Date.now();
    for (const [pid, untilMs] of this.#recordings) {
      if (untilMs <= nowMs) this.#recordings.delete(pid);
    }
  }

  /** Only Java can do it: of a slot with processes of both kinds that is enough. */
  async #ofJava(
    id: StormId,
    worker: string,
    work: (process: Process) => Promise<void>,
  ): Promise<void> {
    const done = await Promise.allSettled(this.#find(id, worker).map(work));
    const failed = done.find((each) => each.status === 'rejected');
    const isDone = done.some((each) => each.status === 'fulfilled');
    if (failed !== undefined && !isDone) await orSentence(Promise.reject(failed.reason));
  }

  /** @throws RequestError */
  #find(id: StormId, worker: string): readonly Process[] {
    const found = this.#service
      .describe(id)
      .workerList.filter(({ host, port }) => `${host}:${port}` === worker)
      .filter((each): each is Process => each.pid !== null);
    if (found.length === 0) throw new RequestError(404, 'no worker of this topology runs there');
    return found;
  }
}
