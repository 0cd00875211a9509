import { SimulatedClock } from '../../runtime/native/index.ts';
import type { BoltTask, Tuple } from '../../storm-api/builder/index.ts';
import { MemoryKafka } from '../memory-kafka.fixture.ts';

/** What a bolt task has done with its tuples, on a simulated clock and a cluster in memory. */
export class BoltRun<Values> {
  readonly clock = new SimulatedClock();
  readonly kafka = new MemoryKafka(this.clock);
  readonly acked: Values[] = [];
  readonly failed: Values[] = [];
  readonly reports: string[] = [];
  readonly outcome = {
    ack: (tuple: Tuple<unknown>) => this.acked.push(tuple.values as Values),
    fail: (tuple: Tuple<unknown>) => this.failed.push(tuple.values as Values),
    reportError: (error: unknown) => this.reports.push(String(error)),
  };

  execute(task: BoltTask<Values>, ...all: readonly Values[]): unknown[] {
    return all.map((values) => task.execute({ values } as Tuple<Values>));
  }

  async pass(ms: number): Promise<void> {
    const endMs = this.clock.now() + ms;
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.clock.advance(endMs));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
