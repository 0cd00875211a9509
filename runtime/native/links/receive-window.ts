import type { NativeTuple, Taken } from '../native-tuple.ts';

/** What one connection has been told of a window. */
export interface Grant {
  readonly task: number;
  tuples: number;
  bytes: number;
  readonly baseTuples: number;
  readonly baseBytes: number;
}

/** The room that one local task has for one peer, over all of the peer's connections. */
export class ReceiveWindow implements Taken {
  readonly #task: number;
  readonly #roomTuples: number;
  readonly #roomBytes: number;
  readonly #onGrantDue: () => void;
  #offeredTuples = 0;
  #offeredBytes = 0;
  #takenTuples = 0;
  #takenBytes = 0;
  #grant: Grant | null = null;

  /** @param onGrantDue a quarter of the room has become free */
  constructor(
    task: number,
    room: { readonly tuples: number; readonly bytes: number },
    onGrantDue: () => void,
  ) {
    this.#task = task;
    this.#roomTuples = room.tuples;
    this.#roomBytes = room.bytes;
    this.#onGrantDue = onGrantDue;
  }

  /** A new connection asks for credit; what an earlier one left in the mailbox still takes room. */
  open(): void {
    this.#grant = {
      task: this.#task,
      tuples: 0,
      bytes: 0,
      baseTuples: this.#offeredTuples,
      baseBytes: this.#offeredBytes,
    };
    this.#onGrantDue();
  }

  /** The connection is over. */
  shut(): void {
    this.#grant = null;
  }

  /** A tuple came. @returns false when it was not granted */
  offer(bytes: number): boolean {
    if (this.#grant === null) return false;
    this.#offeredTuples += 1;
    this.#offeredBytes += bytes;
    return this.#offeredTuples - this.#grant.baseTuples <= this.#grant.tuples;
  }

  onTaken(tuple: NativeTuple): void {
    this.#takenTuples += 1;
    this.#takenBytes += tuple.bytes;
    if (this.#grant !== null && this.#isWorthIt(this.#grant)) this.#onGrantDue();
  }

  /** The limits that the peer is to be told; null when that is not worth a frame yet. */
  advance(): Grant | null {
    const grant = this.#grant;
    if (grant === null || !this.#isWorthIt(grant)) return null;
    // A limit never shrinks, though one tuple may have taken more bytes than there were.
    grant.tuples = Math.max(grant.tuples, this.#tuplesFor(grant));
    grant.bytes = Math.max(grant.bytes, this.#bytesFor(grant));
    return grant;
  }

  #isWorthIt(grant: Grant): boolean {
    const tuples = this.#tuplesFor(grant) - grant.tuples;
    const bytes = this.#bytesFor(grant) - grant.bytes;
    return tuples >= Math.max(1, this.#roomTuples / 4) || bytes >= Math.max(1, this.#roomBytes / 4);
  }

  #tuplesFor({ baseTuples }: Grant): number {
    return this.#takenTuples + this.#roomTuples - baseTuples;
  }

  #bytesFor({ baseBytes }: Grant): number {
    return this.#takenBytes + this.#roomBytes - baseBytes;
  }
}
