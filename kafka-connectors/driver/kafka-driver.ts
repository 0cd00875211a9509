/** One partition of a topic. */
export interface PartitionId {
  readonly topic: string;
  readonly partition: number;
}

export interface RecordHeader {
  readonly name: string;
  readonly value: Uint8Array | null;
}

/** A record as it lies in the log. Its bytes may be views of a larger buffer. */
export interface KafkaRecord {
  readonly offset: number;
  /** Milliseconds since 1970; -1 for one that was written without. */
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
}

/** A record to be written. */
export interface NewRecord extends PartitionId {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
  /** Milliseconds since 1970; null: when it is sent. */
  readonly timestampMs: number | null;
}

/** Where a partition is to be read. */
export interface FetchPlace extends PartitionId {
  readonly offset: number;
}

export interface FetchLimits {
  /** How long the broker may wait for the first record. */
  readonly waitMs: number;
  readonly bytesMax: number;
  readonly partitionBytesMax: number;
}

/**
 * Why a fetch of one partition has brought nothing.
 * - `out-of-range`: there is nothing at that offset any more, or not yet
 * - `moved`: another broker leads it, or it is gone; the topic is to be asked for again
 * - `refused`: no permission
 * - `undecodable`: what lies there cannot be read; the next records are from `skipTo` on
 * - `failed`: anything else
 */
export interface FetchProblem {
  readonly kind: 'out-of-range' | 'moved' | 'refused' | 'undecodable' | 'failed';
  /** The end of a sentence about the partition. */
  readonly message: string;
  readonly skipTo: number | null;
}

/** What a fetch has brought of one partition. */
export interface Fetched extends PartitionId {
  readonly records: readonly KafkaRecord[];
  /** Where to fetch next; behind the last record there may be nothing but marks and gaps. */
  readonly nextOffset: number;
  /** The offset that the next readable record will have. */
  readonly endOffset: number;
  readonly problem: FetchProblem | null;
}

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string;
}

export interface PartitionOffset extends PartitionId {
  readonly offset: number;
}

export type OffsetQuery = 'earliest' | 'latest' | { readonly timestampMs: number };

/** What is known of a topic. */
export interface TopicState {
  readonly topic: string;
  readonly partitions: readonly PartitionState[];
  /** A sentence on why it cannot be read, or not all of it; null when it can. */
  readonly problem: string | null;
  /** True when there is no such topic; one that only cannot be had has no partitions either. */
  readonly isGone: boolean;
}

export interface PartitionState {
  readonly partition: number;
  /** Number of the broker to fetch from; -1 while it has none. */
  readonly leader: number;
}

/**
 * Reads partitions and keeps offsets for a consumer group without being a member of it. Every method
 * throws KafkaError, and may be called again after it: connections are made anew.
 */
export interface KafkaReader {
  /** Names of all topics that we may see, without the broker's own. */
  topicNames(): Promise<readonly string[]>;
  topicStates(topics: readonly string[]): Promise<readonly TopicState[]>;
  /** From partitions that one broker leads, all of them at once. */
  fetch(
    leader: number,
    places: readonly FetchPlace[],
    limits: FetchLimits,
  ): Promise<readonly Fetched[]>;
  /** In the order of the partitions; null where there is nothing: no record so late. */
  offsetsAt(
    partitions: readonly PartitionId[],
    query: OffsetQuery,
  ): Promise<readonly (number | null)[]>;
  /** In the order of the partitions; null where nothing was committed. */
  committed(
    group: string,
    partitions: readonly PartitionId[],
  ): Promise<readonly (CommittedOffset | null)[]>;
  commit(group: string, offsets: readonly PartitionOffset[], metadata: string): Promise<void>;
  close(): Promise<void>;
}

/** Writes records, each once, in their order by partition. Every method throws KafkaError. */
export interface KafkaWriter {
  /** @throws KafkaError too when there is no such topic */
  partitionCount(topic: string): Promise<number>;
  /** Resolves when all of them are safe. After it has thrown, some of them may have been written. */
  send(records: readonly NewRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Offsets that become committed together with what is sent. */
export interface GroupOffsets {
  readonly group: string;
  readonly offsets: readonly PartitionOffset[];
  readonly metadata: string;
}

/** Writes by transactions, under a name that only one of them has at a time. */
export interface TransactionalWriter {
  partitionCount(topic: string): Promise<number>;
  /** Ends what an earlier owner of the name has left open, and shuts it out. */
  begin(): Promise<void>;
  /** All of it, or nothing when it throws KafkaError. */
  commit(records: readonly NewRecord[], sources: readonly GroupOffsets[]): Promise<void>;
  close(): Promise<void>;
}

/** A way to a Kafka cluster. */
export interface KafkaDriver {
  reader(): KafkaReader;
  writer(options: WriterOptions): KafkaWriter;
  transactionalWriter(name: string, options: WriterOptions): TransactionalWriter;
}

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd';

export interface WriterOptions {
  readonly compression: Compression;
}
