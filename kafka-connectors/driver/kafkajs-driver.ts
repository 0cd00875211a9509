import { brokerList, type KafkaConnection } from './connection-options.ts';
import type {
  KafkaDriver,
  KafkaReader,
  KafkaWriter,
  TransactionalWriter,
  WriterOptions,
} from './kafka-driver.ts';
import { KafkajsReader } from './kafkajs-reader.ts';
import { KafkajsTransactionalWriter } from './kafkajs-transactional-writer.ts';
import { KafkajsWriter } from './kafkajs-writer.ts';

/** The way to a cluster that kafkajs goes. */
export class KafkajsDriver implements KafkaDriver {
  readonly #connection: KafkaConnection;

  /** @throws TypeError for addresses that are none */
  constructor(connection: KafkaConnection) {
    brokerList(connection);
    this.#connection = connection;
  }

  reader(): KafkaReader {
    return new KafkajsReader(this.#connection);
  }

  writer(options: WriterOptions): KafkaWriter {
    return new KafkajsWriter(this.#connection, options);
  }

  transactionalWriter(name: string, options: WriterOptions): TransactionalWriter {
    return new KafkajsTransactionalWriter(this.#connection, name, options);
  }
}
