import type { Clock } from '../../runtime/native/index.ts';
import type { SourceLag, SpoutTask } from '../../storm-api/builder/index.ts';
import type { Fetched, KafkaDriver, KafkaReader } from '../driver/kafka-driver.ts';
import { Committer } from './committer.ts';
import { Complaints } from './complaints.ts';
import { DeadLetters } from './dead-letters.ts';
import { EndOffsets } from './end-offsets.ts';
import { Fetcher } from './fetcher.ts';
import { type Decoders, type KafkaMessage, messageOf } from './message.ts';
import type { Delivery, PartitionWindow } from './partition-window.ts';
import { ReadyWindows } from './ready-windows.ts';
import { backOffMs, RetryQueue } from './retry-queue.ts';
import type { SourceSettings } from './spout-options.ts';
import { metadataOf } from './start-offsets.ts';
import { TopicWatch } from './topic-watch.ts';

export interface SpoutTaskOptions<Key, Value> {
  readonly settings: SourceSettings;
  readonly driver: KafkaDriver;
  readonly clock: Clock;
  readonly decoders: Decoders<Key, Value>;
  readonly taskIndex: number;
  readonly tasks: number;
  readonly stormId: string;
  /** False when there is nothing to emit for it. What it throws makes the message undecodable. */
  emit(message: KafkaMessage<Key, Value>, delivery: Delivery): boolean;
  report(error: Error): void;
}

/** One task of a Kafka spout: emits what its partitions hold until each message is acked or given up. */
export class KafkaSpoutTask<Key, Value> implements SpoutTask {
  readonly #options: SpoutTaskOptions<Key, Value>;
  readonly #reader: KafkaReader;
  readonly #complaints: Complaints;
  readonly #topics: TopicWatch;
  readonly #fetcher: Fetcher;
  readonly #committer: Committer;
  readonly #ends: EndOffsets;
  readonly #deadLetters: DeadLetters | null;
  readonly #retries = new RetryQueue();
  readonly #ready: ReadyWindows;
  #windows: readonly PartitionWindow[] = [];
  #fatal: Error | null = null;
  #isClosed = false;
  /** Ends the rest after a nextTuple that had nothing to emit. */
  #endRest: (() => void) | null = null;

  constructor(options: SpoutTaskOptions<Key, Value>) {
    const { settings, driver, clock, taskIndex, tasks, stormId } = options;
    this.#options = options;
    this.#reader = driver.reader();
    this.#complaints = new Complaints(clock, options.report);
    const tools = { reader: this.#reader, clock, complaints: this.#complaints };
    this.#ready = new ReadyWindows(settings);
    const share = { taskIndex, tasks };
    this.#topics = new TopicWatch(tools, { settings, share, stormId }, (windows) =>
      this.#onWindows(windows),
    );
    this.#fetcher = new Fetcher(
      tools,
      {
        onRecords: (window) => this.#onRoom(window),
        onProblem: (window, fetched) => this.#onProblem(window, fetched),
        onMoved: () => this.#topics.lookSoon(),
      },
      settings.fetchBytes,
    );
    this.#committer = new Committer(tools, {
      group: settings.group,
      metadata: metadataOf(stormId),
      everyMs: settings.commitMs,
      uncommittedMax: settings.uncommittedMax,
      onCommitted: (window) => this.#onRoom(window),
    });
    this.#ends = new EndOffsets(tools);
    this.#deadLetters = this.#makeDeadLetters(settings.deadLetterTopic);
  }

  /** Messages that are not done, by topic and partition. */
  get windows(): readonly PartitionWindow[] {
    return this.#windows;
  }

  /** Begins to read; what is not there yet is waited for. */
  start(): void {
    void this.#topics.look();
  }

  nextTuple(): void {
    if (this.#fatal !== null) throw this.#fatal;
    const again = this.#retries.takeDue(this.#options.clock.now());
    if (again !== null) {
      this.#emit(again);
      return;
    }
    const window = this.#ready.next();
    if (window === null) return;
    const wasFull = !this.#fetcher.wants(window);
    const delivery = window.take();
    this.#ready.look(window);
    if (delivery !== null) this.#emit(delivery);
    if (wasFull && this.#fetcher.wants(window)) this.#fetcher.wake();
  }

  idle(): Promise<unknown> | undefined {
    if (this.#fatal !== null || this.#ready.hasSome) return undefined;
    this.#rouse(); // whoever waited before waits for this one now
    const { clock } = this.#options;
    const dueMs = this.#retries.nextDueMs;
    return new Promise<void>((resolve) => {
      const callOff =
        dueMs === null
          ? () => {}
          : clock.after(Math.max(dueMs - clock.now(), 0), () => this.#rouse());
      this.#endRest = () => {
        callOff();
        resolve();
      };
    });
  }

  lags(): readonly SourceLag[] {
    return this.#windows.map(({ topic, partition, lag, endOffset, committableOffset }) => {
      return { topic, partition, lag, endOffset, doneOffset: committableOffset };
    });
  }

  ack(messageId: unknown): void {
    this.#finish(messageId as Delivery);
  }

  fail(messageId: unknown): void {
    const delivery = messageId as Delivery;
    if (delivery.record === null || !this.#windows.includes(delivery.window)) return;
    const { retry } = this.#options.settings;
    if (delivery.attempts >= retry.attemptsMax) {
      this.#giveUp(delivery, `failed ${delivery.attempts} times`);
      return;
    }
    this.#repeat(delivery, backOffMs(retry, delivery.attempts));
  }

  async deactivate(): Promise<void> {
    await this.#commit();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#topics.close();
    this.#fetcher.close();
    this.#ends.close();
    this.#rouse();
    await this.#commit();
    this.#committer.close();
    await Promise.all([this.#reader.close(), this.#deadLetters?.close()]);
  }

  /** Not for long: what is not committed is emitted again, nothing more. */
  async #commit(): Promise<void> {
    if (!this.#options.settings.commits) return;
    let callOff = () => {};
    const late = new Promise<void>((resolve) => {
      callOff = this.#options.clock.after(lastCommitMs, resolve);
    });
    await Promise.race([this.#committer.commit(), late]);
    callOff();
  }

  #emit(delivery: Delivery): void {
    const { record, window } = delivery;
    if (record === null || this.#isClosed) return;
    delivery.attempts += 1;
    const { decoders, settings } = this.#options;
    const { topic, partition } = window;
    const { offset, previous } = delivery;
    try {
      checkSize(record, settings.messageBytesMax);
      const position = { group: settings.group, topic, partition, offset, previous };
      const message = messageOf(decoders, position, record);
      if (this.#options.emit(message, delivery)) window.wasEmitted(delivery);
      else this.#finish(delivery);
    } catch (error) {
      this.#onUndecodable(delivery, error);
    }
  }

  #finish(delivery: Delivery): void {
    const { window } = delivery;
    window.finish(delivery);
    if (this.#options.settings.commits) this.#committer.look(window);
    this.#onRoom(window);
  }

  #repeat(delivery: Delivery, delayMs: number): void {
    this.#retries.add(delivery, this.#options.clock.now() + delayMs);
    this.#rouse();
  }

  #giveUp(delivery: Delivery, reason: string): void {
    if (this.#deadLetters !== null) {
      this.#deadLetters.add(delivery, reason);
      return;
    }
    this.#complaints.once(`${place(delivery)} was given up: ${reason}`);
    this.#finish(delivery);
  }

  #onUndecodable(delivery: Delivery, error: unknown): void {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const sentence = `${place(delivery)} cannot be decoded: ${why}`;
    const { undecodable } = this.#options.settings;
    if (this.#deadLetters === null && undecodable === 'stop') {
      this.#stop(sentence);
      return;
    }
    this.#complaints.once(sentence);
    if (this.#deadLetters === null) this.#finish(delivery);
    else this.#deadLetters.add(delivery, why);
  }

  #stop(sentence: string): void {
    this.#fatal = new Error(sentence);
    this.#rouse();
  }

  #onWindows(windows: readonly PartitionWindow[]): void {
    this.#windows = windows;
    this.#ready.keep(windows);
    this.#fetcher.read(windows);
    this.#ends.watch(windows);
    if (this.#options.settings.commits) this.#committer.watch(windows);
  }

  /** It may have something to emit, or room for it. */
  #onRoom(window: PartitionWindow): void {
    this.#ready.look(window);
    this.#rouse();
  }

  #onProblem(window: PartitionWindow, { problem }: Fetched): void {
    if (problem === null) return;
    const where = `${window} at offset ${window.fetchOffset}`;
    if (problem.kind === 'out-of-range') {
      void this.#onOutOfRange(window);
      return;
    }
    if (problem.kind === 'undecodable' && problem.skipTo !== null) {
      this.#onUnreadable(window, problem.message, problem.skipTo);
      return;
    }
    this.#fetcher.putOff(window);
    this.#complaints.ongoing(String(window), `${where}: ${problem.message}`);
    this.#topics.lookSoon();
  }

  #onUnreadable(window: PartitionWindow, message: string, skipTo: number): void {
    const last = skipTo - 1;
    const sentence = `${window}: the messages from offset ${window.fetchOffset} to ${last} cannot be read: ${message}`;
    if (this.#options.settings.undecodable === 'stop') {
      window.notBeforeMs = Number.POSITIVE_INFINITY;
      this.#stop(sentence);
      return;
    }
    this.#complaints.once(`${sentence}; they are left out`);
    window.seek(skipTo);
  }

  /** The log was cut behind us, or it is another one. */
  async #onOutOfRange(window: PartitionWindow): Promise<void> {
    const { outOfRange } = this.#options.settings;
    const gone = window.fetchOffset;
    window.notBeforeMs = Number.POSITIVE_INFINITY; // until it is known where to go on
    if (outOfRange === 'stop') {
      this.#stop(`${window} has nothing at offset ${gone} any more, or not yet`);
      return;
    }
    try {
      const [offset] = await this.#reader.offsetsAt([window], outOfRange);
      window.seek(offset ?? 0);
      window.notBeforeMs = 0;
      this.#complaints.once(
        `${window} has nothing at offset ${gone} any more, or not yet: going on at ${offset}`,
      );
      this.#fetcher.wake();
    } catch (error) {
      this.#fetcher.putOff(window);
      const why = error instanceof Error ? error.message : String(error);
      this.#complaints.ongoing(String(window), `${window} at offset ${gone}: ${why}`);
      this.#topics.lookSoon();
    }
  }

  #rouse(): void {
    const end = this.#endRest;
    this.#endRest = null;
    end?.();
  }

  #makeDeadLetters(topic: string | null): DeadLetters | null {
    if (topic === null) return null;
    const writer = this.#options.driver.writer({ compression: 'none' });
    return new DeadLetters(topic, writer, {
      onSent: (delivery) => {
        this.#complaints.over('dead letters');
        this.#finish(delivery);
      },
      onFailed: (delivery, reason, error) => {
        const why = error instanceof Error ? error.message : String(error);
        const sentence = `${place(delivery)} (${reason}) cannot go to ${topic}: ${why}`;
        this.#complaints.ongoing('dead letters', sentence);
        const { clock, settings } = this.#options;
        clock.after(settings.retry.maxMs, () => {
          if (!this.#isClosed) this.#deadLetters?.add(delivery, reason);
        });
      },
    });
  }
}

const lastCommitMs = 5_000;

function place({ window, offset }: Delivery): string {
  return `message ${window.topic}, partition ${window.partition}, offset ${offset}`;
}

function checkSize(
  { key, value }: { readonly key: Uint8Array | null; readonly value: Uint8Array | null },
  bytesMax: number,
): void {
  const length = (key?.length ?? 0) + (value?.length ?? 0);
  if (length > bytesMax) throw new RangeError(`${length} bytes are more than ${bytesMax}`);
}
