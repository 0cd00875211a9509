import type { DrpcRequest } from '../drpc-requests.ts';
import type { Spout, SpoutCollector, SpoutTask } from './component.ts';
import type { DrpcPort } from './drpc-port.ts';
import { field } from './fields.ts';
import { returnInfo } from './return-info.ts';

/** As Storm's DRPCSpout declares them. */
const requestStreams = {
  default: { args: field<string>(), 'return-info': field<string>() },
} as const;

export type RequestStreams = typeof requestStreams;

/**
 * Emits the requests for a DRPC function (Storm's DRPCSpout). The request fails with its tuple;
 * whoever gets `return-info` to `returnResults`, with a result, answers it.
 */
export function drpcSpout(functionName: string): Spout<RequestStreams> {
  return {
    kind: 'spout',
    definition: {
      streams: requestStreams,
      drpcFunctions: [functionName],
      open: ({ drpc, config }, collector) =>
        new DrpcSpoutTask({ functionName, drpc, config, collector }),
    },
  };
}

interface Surroundings {
  readonly functionName: string;
  readonly drpc: DrpcPort;
  readonly config: ReadonlyMap<string, unknown>;
  readonly collector: SpoutCollector<RequestStreams>;
}

/**
 * Asks for one request at a time, and only when it may emit one: what waits here could be worked on
 * elsewhere.
 */
class DrpcSpoutTask implements SpoutTask {
  readonly #with: Surroundings;
  /** Ids of what was emitted and neither acked nor failed. */
  readonly #open = new Set<unknown>();
  #asking = new AbortController();
  #pull: Promise<void> | null = null;
  #request: DrpcRequest | null = null;
  #problem: unknown = null;
  #ended = false;

  constructor(surroundings: Surroundings) {
    this.#with = surroundings;
  }

  nextTuple(): void {
    if (this.#problem !== null) throw this.#problem;
    if (this.#request !== null) this.#emit(this.#request);
    else if (this.#pull === null && !this.#ended) this.#ask();
  }

  idle(): Promise<void> | 'ended' | undefined {
    if (this.#pull !== null) return this.#pull;
    return this.#ended ? 'ended' : undefined;
  }

  ack(id: unknown): void {
    this.#open.delete(id);
  }

  fail(id: unknown): void {
    this.#open.delete(id);
    this.#with.drpc.fail(String(id));
  }

  activate(): void {
    this.#asking = new AbortController();
  }

  /** Nobody is to wait here for the next activation. */
  deactivate(): void {
    this.#asking.abort();
    if (this.#request !== null) this.#refuse(this.#request);
    this.#request = null;
  }

  /** Acks and fails do not come any more. */
  close(): void {
    this.deactivate();
    for (const id of this.#open) {
      this.#with.drpc.fail(String(id), 'the spout that had taken the request was closed');
    }
  }

  #ask(): void {
    const { drpc, functionName } = this.#with;
    const { signal } = this.#asking;
    const taken = (request: DrpcRequest | null) => {
      this.#pull = null;
      if (request === null) this.#ended = !signal.aborted;
      else if (signal.aborted) this.#refuse(request);
      else this.#request = request;
    };
    this.#pull = drpc.fetch(functionName, signal).then(taken, (problem: unknown) => {
      this.#pull = null;
      this.#problem = problem;
    });
  }

  #emit({ id, args }: DrpcRequest): void {
    this.#request = null;
    this.#open.add(id);
    const info = returnInfo(id, this.#with.config);
    this.#with.collector.emit({ args, 'return-info': info }, { messageId: id });
  }

  #refuse({ id }: DrpcRequest): void {
    this.#with.drpc.fail(id, 'the topology was deactivated before it worked on the request');
  }
}
