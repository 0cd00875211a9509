import { isOlderIncarnation } from '../root.ts';
import { ReceiveWindow } from './receive-window.ts';

/** The connection that a peer sends on. */
export interface PeerConnection {
  /** Nothing of it is read any more. */
  close(): void;
  /** Credit may be granted. */
  onGrantDue(): void;
}

/** What one peer sends us, over all of its connections; one of them at a time, the newest. */
export class InboundPeer {
  readonly #worker: number;
  readonly #roomOf: (task: number) => { readonly tuples: number; readonly bytes: number };
  readonly #windows = new Map<number, ReceiveWindow>();
  #current: PeerConnection | null = null;
  #incarnation = 0;

  constructor(
    worker: number,
    roomOf: (task: number) => { readonly tuples: number; readonly bytes: number },
  ) {
    this.#worker = worker;
    this.#roomOf = roomOf;
  }

  /**
   * Makes a connection the peer's only one.
   * @returns why it is refused: a younger process of the same worker has connected; else null
   */
  claim(connection: PeerConnection, incarnation: number): string | null {
    if (this.#incarnation !== 0 && isOlderIncarnation(incarnation, this.#incarnation)) {
      return `worker ${this.#worker} was started again: incarnation ${this.#incarnation} has come after ${incarnation}`;
    }
    this.#current?.close();
    for (const window of this.#windows.values()) window.shut();
    this.#current = connection;
    this.#incarnation = incarnation;
    return null;
  }

  window(task: number): ReceiveWindow {
    const known = this.#windows.get(task);
    if (known !== undefined) return known;
    const window = new ReceiveWindow(task, this.#roomOf(task), () => this.#current?.onGrantDue());
    this.#windows.set(task, window);
    return window;
  }
}
