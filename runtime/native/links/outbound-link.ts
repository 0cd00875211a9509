import type { ValueEncoder } from '../../wire/index.ts';
import type { Loop } from '../cycle-budget.ts';
import type { NativeTuple } from '../native-tuple.ts';
import { type RootOwner, type RootOwners, settle } from '../settle.ts';
import { deltasPerBatch, openFrame, progressFrame, treesFrame, tuplesFrame } from './batch.ts';
import { decodeTuple, readRoots, tupleHeadBytes, writeTupleHead } from './data-frames.ts';
import { DeltaQueue } from './delta-queue.ts';
import { frameLengthMax } from './frame-reader.ts';
import type { LinkSettings } from './link-settings.ts';
import { OutboundConnection, type OutboundListener } from './outbound-connection.ts';
import { PeerLife } from './peer-life.ts';
import { RemoteInlet, type RemoteWay } from './remote-inlet.ts';
import { TreeFold } from './tree-fold.ts';

/** So much is sent before the executors' turn is over. */
const sendNowBytes = 64 * 1024;
const treesPerBatch = 4096;
const dropEveryMs = 500;

/** The way to one peer through all of its lives; what becomes of tuples while it is away. */
export class OutboundLink implements RemoteWay, RootOwner, OutboundListener {
  readonly #peer: number;
  readonly #settings: LinkSettings;
  readonly #encoder: ValueEncoder;
  readonly #rootOwners: RootOwners;
  readonly #life: PeerLife;
  readonly #inlets = new Map<number, RemoteInlet>();
  readonly #list: RemoteInlet[] = [];
  readonly #deltas = new DeltaQueue();
  readonly #trees = new TreeFold();
  #connection: OutboundConnection | null = null;
  #incarnation = 0;
  #waitingBytes = 0;
  #isFlushDue = false;
  #firstInlet = 0;
  #tuplesDropped = 0;
  #isClosed = false;
  #lastComplaint = '';
  #callOff: () => void = () => {};
  /** What was encoded last, and where its values begin there. */
  #lastValues: readonly unknown[] | null = null;
  #lastEntry: Buffer = Buffer.alloc(0);
  #lastHeadBytes = 0;

  /** @param rootOwners told of the trees of tuples that are dropped */
  constructor(peer: number, settings: LinkSettings, encoder: ValueEncoder, rootOwners: RootOwners) {
    this.#peer = peer;
    this.#settings = settings;
    this.#encoder = encoder;
    this.#rootOwners = rootOwners;
    this.#life = new PeerLife(settings.clock.now(), settings.graceMs);
  }

  /** The way to a task of the peer. @param loop the cycle of its component */
  inlet(task: number, loop: Loop | null): RemoteInlet {
    const known = this.#inlets.get(task);
    if (known !== undefined) return known;
    const inlet = new RemoteInlet(task, loop, this);
    this.#inlets.set(task, inlet);
    this.#list.push(inlet);
    return inlet;
  }

  start(): void {
    if (this.#isClosed) return;
    this.#connection = new OutboundConnection(this.#peer, this.#settings, this);
  }

  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#connection?.end('this worker ends');
  }

  accept(tuple: NativeTuple): Buffer | null {
    if (!this.#life.isUp && this.#life.drops(this.#settings.clock.now())) {
      this.#tuplesDropped += 1;
      settle(tuple, true, this.#rootOwners);
      return null;
    }
    const entry = this.#withValues(tuple);
    checkSize(tuple, entry.length);
    writeTupleHead(entry, tuple);
    return entry;
  }

  /** An entry whose head is not written yet. The copies of one emit follow each other. */
  #withValues(tuple: NativeTuple): Buffer {
    const headBytes = tupleHeadBytes(tuple);
    if (this.#lastValues === tuple.exact) {
      const values = this.#lastEntry.subarray(this.#lastHeadBytes);
      return Buffer.concat([Buffer.allocUnsafe(headBytes), values]);
    }
    const entry = this.#encoder.encode(tuple.exact, headBytes);
    this.#lastValues = tuple.exact;
    this.#lastEntry = entry;
    this.#lastHeadBytes = headBytes;
    return entry;
  }

  onWaiting(bytes: number): void {
    this.#waitingBytes += bytes;
    if (this.#waitingBytes >= sendNowBytes) this.#flush();
    else this.#flushLater();
  }

  onDelta(
    task: number,
    high: number,
    low: number,
    xorHigh: number,
    xorLow: number,
    failed: boolean,
  ): void {
    this.#deltas.put({ task, high, low, xorHigh, xorLow, failed });
    this.#flushLater();
  }

  onTree(task: number, high: number, low: number, component: number, tuples: number): void {
    this.#trees.add({ task, high, low, component, tuples });
    this.#flushLater();
  }

  onConnected(incarnation: number): void {
    const { clock, log } = this.#settings;
    this.#incarnation = incarnation;
    this.#life.connected(clock.now(), incarnation);
    this.#lastComplaint = '';
    log(`connected to worker ${this.#peer}, incarnation ${incarnation}`);
    for (const inlet of this.#list) inlet.reset();
    if (this.#list.length > 0) {
      this.#connection?.write(openFrame(this.#list.map(({ task }) => task)));
    }
    this.#flush();
  }

  onCredit(task: number, tuples: number, bytes: number): void {
    const inlet = this.#inlets.get(task);
    if (inlet === undefined)
      this.#connection?.end(`it grants credit for task ${task}, not its own`);
    else if (inlet.grant(tuples, bytes)) this.#flushLater();
    else this.#connection?.end(`it takes back credit for task ${task}`);
  }

  onDrain(): void {
    this.#flush();
  }

  onEnded(reason: string, refused: boolean): void {
    const { clock } = this.#settings;
    const wasUp = this.#life.isUp;
    const waitMs = this.#life.ended(clock.now(), refused);
    this.#connection = null;
    for (const inlet of this.#list) inlet.reset();
    this.#complain(`${wasUp ? 'is gone' : 'cannot be reached'}: ${reason}`);
    this.#tryAgainIn(waitMs);
  }

  #tryAgainIn(waitMs: number): void {
    if (this.#isClosed) return;
    this.#dropWhatIsLost();
    const stepMs = Math.min(waitMs, dropEveryMs);
    this.#callOff = this.#settings.clock.after(stepMs, () => {
      if (waitMs > stepMs) this.#tryAgainIn(waitMs - stepMs);
      else this.start();
    });
  }

  /** Once the grace is over, what still waits is dropped like what comes after it. */
  #dropWhatIsLost(): void {
    const nowMs = this.#settings.clock.now();
    if (!this.#life.drops(nowMs)) return;
    this.#deltas.drop((incarnation) => this.#life.dropsDelta(incarnation, nowMs));
    for (const inlet of this.#list) {
      for (const entry of inlet.discard()) this.#drop(entry);
    }
  }

  #drop(entry: Buffer): void {
    this.#tuplesDropped += 1;
    for (const { task, high, low } of readRoots(entry, decodeTuple(entry, 0))) {
      this.#rootOwners[task]?.onDelta(task, high, low, 0, 0, true);
    }
  }

  #flushLater(): void {
    if (this.#isFlushDue) return;
    this.#isFlushDue = true;
    setImmediate(() => {
      this.#isFlushDue = false;
      this.#flush();
    });
  }

  /** Progress goes before tuples in every batch. */
  #flush(): void {
    this.#waitingBytes = 0;
    const connection = this.#connection;
    connection?.inOneWrite(() => {
      while (connection.takesMore && this.#sendBatch(connection));
    });
  }

  /** @returns false when there was nothing to send */
  #sendBatch(connection: OutboundConnection): boolean {
    const sentProgress = this.#sendProgress(connection);
    this.#firstInlet = (this.#firstInlet + 1) % Math.max(1, this.#list.length);
    const tuples = tuplesFrame(this.#list, this.#firstInlet);
    if (tuples !== null) connection.write(tuples);
    return sentProgress || tuples !== null;
  }

  #sendProgress(connection: OutboundConnection): boolean {
    const deltas = this.#deltas.isEmpty ? [] : this.#deltas.take(this.#incarnation, deltasPerBatch);
    if (deltas === null) {
      connection.end('it has begun another life');
      return false;
    }
    if (deltas.length > 0) connection.write(progressFrame(deltas));
    const counts = this.#trees.isEmpty ? [] : this.#trees.take(treesPerBatch);
    if (counts.length > 0) connection.write(treesFrame(counts));
    return deltas.length > 0 || counts.length > 0;
  }

  #complain(what: string): void {
    if (this.#isClosed || what === this.#lastComplaint) return;
    this.#lastComplaint = what;
    const dropped =
      this.#tuplesDropped === 0 ? '' : ` (${this.#tuplesDropped} tuples dropped so far)`;
    this.#settings.log(`worker ${this.#peer} ${what}${dropped}`);
  }
}

function checkSize(tuple: NativeTuple, bytes: number): void {
  if (bytes < frameLengthMax) return;
  throw new RangeError(
    `a tuple from task ${tuple.sourceTask} to task ${tuple.targetTask} has ${bytes} bytes, more than the ${frameLengthMax - 1} that can be sent to another worker: send its values in parts, or say where they can be found`,
  );
}
