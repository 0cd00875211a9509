import { KafkaError } from '../driver/errors.ts';
import type { KafkaWriter, NewRecord, RecordHeader } from '../driver/kafka-driver.ts';
import type { Delivery } from './partition-window.ts';

/** What one sending takes at most. */
const batchMax = 100;

interface Letter {
  readonly delivery: Delivery;
  readonly reason: string;
  /** Without key, value and headers of its own: with them it is too large for the topic. */
  readonly isBare: boolean;
}

/** What becomes of a letter. */
export interface DeadLetterOutcome {
  onSent(delivery: Delivery): void;
  onFailed(delivery: Delivery, reason: string, error: unknown): void;
}

/**
 * Writes messages that were given up to a topic: key, value and headers as they are, and headers that
 * say where they come from and why. A message is done only when it is safe there. Of one that is too
 * large for the topic only those headers are written: it lies where they say.
 */
export class DeadLetters {
  readonly #topic: string;
  readonly #writer: KafkaWriter;
  readonly #outcome: DeadLetterOutcome;
  #letters: Letter[] = [];
  #isSending = false;

  constructor(topic: string, writer: KafkaWriter, outcome: DeadLetterOutcome) {
    this.#topic = topic;
    this.#writer = writer;
    this.#outcome = outcome;
  }

  add(delivery: Delivery, reason: string): void {
    this.#letters.push({ delivery, reason, isBare: false });
    if (!this.#isSending) void this.#sendAll();
  }

  close(): Promise<void> {
    this.#letters = [];
    return this.#writer.close();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    while (this.#letters.length > 0) {
      await this.#send(this.#letters.splice(0, batchMax));
    }
    this.#isSending = false;
  }

  async #send(letters: readonly Letter[]): Promise<void> {
    try {
      const partitions = await this.#writer.partitionCount(this.#topic);
      await this.#writer.send(letters.map((letter) => this.#recordOf(letter, partitions)));
      for (const { delivery } of letters) this.#outcome.onSent(delivery);
    } catch (error) {
      const smaller = isTooLarge(error) ? smallerOf(letters) : [];
      for (const each of smaller) await this.#send(each);
      if (smaller.length > 0) return;
      for (const { delivery, reason } of letters) {
        this.#outcome.onFailed(delivery, reason, error);
      }
    }
  }

  #recordOf({ delivery, reason, isBare }: Letter, partitions: number): NewRecord {
    const { window, offset, attempts } = delivery;
    const record = isBare ? null : delivery.record;
    const added = {
      'gearstorm.topic': window.topic,
      'gearstorm.partition': window.partition,
      'gearstorm.offset': offset,
      'gearstorm.attempts': attempts,
      'gearstorm.reason': reason,
    };
    return {
      topic: this.#topic,
      partition: window.partition % partitions,
      key: record?.key ?? null,
      value: record?.value ?? null,
      headers: [...(record?.headers ?? []), ...Object.entries(added).map(asHeader)],
      timestampMs: record?.timestampMs ?? null,
    };
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof KafkaError && error.kind === 'too-large';
}

/** Halves, or one letter without what makes it large; nothing when there is nothing to leave out. */
function smallerOf(letters: readonly Letter[]): readonly (readonly Letter[])[] {
  const middle = letters.length >>> 1;
  if (middle > 0) return [letters.slice(0, middle), letters.slice(middle)];
  const [letter] = letters;
  if (letter === undefined || letter.isBare) return [];
  const { delivery } = letter;
  const length = (delivery.record?.key?.length ?? 0) + (delivery.record?.value?.length ?? 0);
  const reason = `${letter.reason}; its ${length} bytes are too large for this topic`;
  return [[{ delivery, reason, isBare: true }]];
}

function asHeader([name, value]: [string, string | number]): RecordHeader {
  return { name, value: Buffer.from(String(value)) };
}
