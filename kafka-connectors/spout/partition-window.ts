import type { Fetched, KafkaRecord, PartitionId } from '../driver/kafka-driver.ts';

/** One message from the first time that it is emitted until it is done with: its spout's message id. */
export class Delivery {
  readonly window: PartitionWindow;
  readonly offset: number;
  /** See SourcePosition. */
  readonly previous: number;
  /** How often it was emitted. */
  attempts = 0;
  /** null when it is done: acked, or given up. */
  record: KafkaRecord | null;

  constructor(window: PartitionWindow, record: KafkaRecord, previous: number) {
    this.window = window;
    this.record = record;
    this.offset = record.offset;
    this.previous = previous;
  }

  toString(): string {
    return `${this.window}@${this.offset}`;
  }
}

/** How far everything is done. */
export interface CommitPoint {
  /** The lowest that is not done. */
  readonly offset: number;
  /** Messages of this window in front of it. */
  readonly messages: number;
}

/**
 * Where one partition is: what was fetched and waits, what was emitted and is not done. Offsets are
 * done in any order; what may be committed is the lowest that is not.
 */
export class PartitionWindow implements PartitionId {
  readonly topic: string;
  readonly partition: number;
  /** Number of the broker that leads it. */
  leader: number;
  /** What is to be fetched next. */
  fetchOffset: number;
  /** What the next message to be written will get, as a broker said last. */
  endOffset: number;
  /** When a broker has answered a fetch of this partition last, in the clock's milliseconds. */
  toldMs = 0;
  /** What the group's next reader is told. */
  committedOffset: number;
  /** Not to be fetched before, in the clock's milliseconds. */
  notBeforeMs = 0;
  /** Fetches in a row that brought nothing but a problem. */
  failures = 0;
  bufferedBytes = 0;
  /** A fetch is under way; its leader may be another by now. */
  isAsked = false;
  #emittedOffset: number;
  #waiting: readonly KafkaRecord[] = [];
  #next = 0;
  readonly #fetched: (readonly KafkaRecord[])[] = [];
  /** In the order of their offsets; done ones at its begin are gone. */
  #deliveries: Delivery[] = [];
  #first = 0;
  #unfinished = 0;
  /** Messages in front of the lowest unfinished one, since the window began. */
  #done = 0;
  /** Those of them whose offsets were committed. */
  #committed = 0;

  constructor({ topic, partition }: PartitionId, leader: number, startOffset: number) {
    this.topic = topic;
    this.partition = partition;
    this.leader = leader;
    this.fetchOffset = startOffset;
    this.endOffset = startOffset;
    this.committedOffset = startOffset;
    this.#emittedOffset = startOffset - 1;
  }

  /** Emitted and neither acked nor given up. */
  get unfinished(): number {
    return this.#unfinished;
  }

  /** From the lowest that is unfinished to the highest that was emitted. */
  get span(): number {
    return this.#deliveries.length - this.#first;
  }

  /** Messages that are done and not committed. */
  get unsaid(): number {
    return this.#done - this.#committed;
  }

  /** Emitted, and emitted again by whoever goes on where the group is now. */
  get repeatable(): number {
    return this.unsaid + this.span;
  }

  get hasRecords(): boolean {
    return this.#next < this.#waiting.length || this.#fetched.length > 0;
  }

  /** Everything in front of it is done. */
  get committableOffset(): number {
    const lowest = this.#deliveries[this.#first];
    if (lowest !== undefined) return lowest.offset;
    return this.#waiting[this.#next]?.offset ?? this.#fetched[0]?.[0]?.offset ?? this.fetchOffset;
  }

  get reached(): CommitPoint {
    return { offset: this.committableOffset, messages: this.#done };
  }

  wasCommitted({ offset, messages }: CommitPoint): void {
    this.committedOffset = offset;
    this.#committed = messages;
  }

  /** Messages that are not done. */
  get lag(): number {
    return Math.max(this.endOffset - this.committableOffset, 0);
  }

  /** Takes what was fetched at `fetchOffset`. */
  add({ records, nextOffset, endOffset }: Fetched): void {
    this.fetchOffset = nextOffset;
    this.endOffset = Math.max(endOffset, nextOffset);
    if (records.length === 0) return;
    this.#fetched.push(records);
    for (const record of records) this.bufferedBytes += bytesOf(record);
  }

  /** The next message, from now on under way; null when none is there. */
  take(): Delivery | null {
    if (this.#next === this.#waiting.length) {
      this.#waiting = this.#fetched.shift() ?? [];
      this.#next = 0;
    }
    const record = this.#waiting[this.#next];
    if (record === undefined) return null;
    this.#next += 1;
    this.bufferedBytes -= bytesOf(record);
    const delivery = new Delivery(this, record, this.#emittedOffset);
    this.#deliveries.push(delivery);
    this.#unfinished += 1;
    return delivery;
  }

  /** The next message follows this one, for whoever puts them back into their order. */
  wasEmitted({ offset }: Delivery): void {
    this.#emittedOffset = Math.max(this.#emittedOffset, offset);
  }

  finish(delivery: Delivery): void {
    if (delivery.record === null) return;
    delivery.record = null;
    this.#unfinished -= 1;
    while (this.#deliveries[this.#first]?.record === null) {
      this.#first += 1;
      this.#done += 1;
    }
    if (this.#first > compactAt && this.#first * 2 > this.#deliveries.length) {
      this.#deliveries = this.#deliveries.slice(this.#first);
      this.#first = 0;
    }
  }

  /** Goes on at an offset that is not the next; what was fetched stays. Back: it is another log. */
  seek(offset: number): void {
    if (offset < this.fetchOffset) {
      this.#emittedOffset = offset - 1;
      this.committedOffset = -1;
      this.endOffset = offset;
    }
    this.fetchOffset = offset;
    this.endOffset = Math.max(this.endOffset, offset);
  }

  toString(): string {
    return `${this.topic}/${this.partition}`;
  }
}

/** Done deliveries are dropped so many at a time. */
const compactAt = 1024;
/** What a record takes beside its bytes, roughly. */
const recordBytes = 64;

function bytesOf({ key, value }: KafkaRecord): number {
  return recordBytes + (key?.length ?? 0) + (value?.length ?? 0);
}
