import type { BatchBoltDefinition, BatchCollector, BatchTask } from './batch-bolt.ts';
import type { BoltOptions } from './component.ts';
import type { TopologyContext } from './context.ts';
import type { CoordinatedOutput, CoordinatedWork } from './coordinated-task.ts';
import type { Streams } from './fields.ts';
import type { Tuple } from './tuple.ts';

type Anchors = readonly Tuple<unknown>[];

interface OpenBatch {
  readonly task: BatchTask<unknown>;
  /** Of what it emits in the call that runs. */
  anchors: Anchors;
}

/** Runs a batch bolt: a task of its own for each request. */
export class BatchWork implements CoordinatedWork {
  readonly #definition: BatchBoltDefinition<unknown, Streams>;
  readonly #output: CoordinatedOutput;
  readonly #context: TopologyContext;
  readonly #batches = new Map<unknown, OpenBatch>();

  constructor(
    definition: BatchBoltDefinition<unknown, Streams>,
    output: CoordinatedOutput,
    context: TopologyContext,
  ) {
    this.#definition = definition;
    this.#output = output;
    this.#context = context;
  }

  async execute(tuple: Tuple<unknown>): Promise<void> {
    try {
      const batch = this.#batchOf(tuple.list[0]);
      batch.anchors = [tuple];
      await batch.task.execute(tuple);
    } catch (error) {
      this.#output.reportError(error);
      this.#output.fail(tuple);
      return;
    }
    await this.#output.acked(tuple);
  }

  async finish(request: unknown, anchors: Anchors): Promise<void> {
    const batch = this.#batchOf(request);
    batch.anchors = anchors;
    await batch.task.finish();
    this.#batches.delete(request);
  }

  forget(request: unknown): void {
    this.#batches.delete(request);
  }

  #batchOf(request: unknown): OpenBatch {
    const known = this.#batches.get(request);
    if (known !== undefined) return known;
    const collector: BatchCollector<Streams> = {
      emit: (values, options) => {
        const all: BoltOptions = { ...options, anchors: batch.anchors };
        return this.#output.emit(values, all as never);
      },
      reportError: (error) => this.#output.reportError(error),
    };
    const task = this.#definition.begin(String(request), collector, this.#context);
    const batch: OpenBatch = { task, anchors: [] };
    this.#batches.set(request, batch);
    return batch;
  }
}
