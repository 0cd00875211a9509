import type { CycleBudget, Loop } from './cycle-budget.ts';
import type { Inlet } from './fabric.ts';
import type { Mailbox, Waiter } from './mailbox.ts';
import type { NativeTuple } from './native-tuple.ts';

/** The way to a task of this process: into its mailbox. */
export class LocalInlet implements Inlet {
  readonly cycle: number | null;
  readonly #mailbox: Mailbox;
  readonly #budget: CycleBudget | null;
  readonly #wake: () => void;

  /** @param cycle of the component, with what is shared by all tasks in it */
  constructor(mailbox: Mailbox, cycle: Loop | null, wake: () => void) {
    this.#mailbox = mailbox;
    this.cycle = cycle?.ordinal ?? null;
    this.#budget = cycle?.budget ?? null;
    this.#wake = wake;
  }

  put(tuple: NativeTuple, inLoop: boolean): boolean {
    if (inLoop) this.#budget?.add(tuple.bytes);
    this.#mailbox.put(tuple, inLoop);
    this.#wake();
    return this.#mailbox.isFull;
  }

  awaitRoom(waiter: Waiter): void {
    this.#mailbox.awaitRoom(waiter, this);
  }
}
