import type { KafkaWriter, NewRecord, RecordHeader } from '../driver/kafka-driver.ts';
import type { Delivery } from './partition-window.ts';

/** What one sending takes at most. */
const batchMax = 100;

interface Letter {
  readonly delivery: Delivery;
  readonly reason: string;
}

/** What becomes of a letter. */
export interface DeadLetterOutcome {
  onSent(delivery: Delivery): void;
  onFailed(delivery: Delivery, reason: string, error: unknown): void;
}

/**
 * Writes messages that were given up to a topic: key, value and headers as they are, and headers that
 * say where they come from and why. A message is done only when it is safe there.
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
    this.#letters.push({ delivery, reason });
    if (!this.#isSending) void this.#sendAll();
  }

  close(): Promise<void> {
    this.#letters = [];
    return this.#writer.close();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    while (this.#letters.length > 0) {
      const letters = this.#letters.splice(0, batchMax);
      try {
        const partitions = await this.#writer.partitionCount(this.#topic);
        await this.#writer.send(letters.map((letter) => this.#recordOf(letter, partitions)));
        for (const { delivery } of letters) this.#outcome.onSent(delivery);
      } catch (error) {
        for (const { delivery, reason } of letters) {
          this.#outcome.onFailed(delivery, reason, error);
        }
      }
    }
    this.#isSending = false;
  }

  #recordOf({ delivery, reason }: Letter, partitions: number): NewRecord {
    const { window, offset, attempts, record } = delivery;
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

function asHeader([name, value]: [string, string | number]): RecordHeader {
  return { name, value: Buffer.from(String(value)) };
}
