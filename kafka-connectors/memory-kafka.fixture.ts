import type { Clock } from '../runtime/native/index.ts';
import { KafkaError } from './driver/errors.ts';
import type {
  CommittedOffset,
  Fetched,
  FetchLimits,
  FetchPlace,
  FetchProblem,
  GroupOffsets,
  KafkaDriver,
  KafkaReader,
  KafkaRecord,
  KafkaWriter,
  NewRecord,
  OffsetQuery,
  PartitionId,
  PartitionOffset,
  TopicState,
  TransactionalWriter,
} from './driver/kafka-driver.ts';

interface Partition {
  records: KafkaRecord[];
  nextOffset: number;
  /** Instead of what a fetch would bring. */
  problem: FetchProblem | null;
  leader: number;
}

/** A cluster of one broker that is a few arrays. */
export class MemoryKafka implements KafkaDriver {
  isReachable = true;
  /** Topics that are there and of which nothing else is told. */
  readonly unavailable = new Set<string>();
  /** Larger ones are refused. */
  recordBytesMax = 1_000_000;
  /** Offsets that were committed, in their order. */
  readonly commits: PartitionOffset[] = [];
  readonly #clock: Clock;
  readonly #topics = new Map<string, Partition[]>();
  readonly #committed = new Map<string, CommittedOffset>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  create(topic: string, partitions: number): void {
    const all = this.#topics.get(topic) ?? [];
    while (all.length < partitions) {
      all.push({ records: [], nextOffset: 0, problem: null, leader: 1 });
    }
    this.#topics.set(topic, all);
  }

  delete(topic: string): void {
    this.#topics.delete(topic);
    for (const name of this.#committed.keys()) {
      if (name.includes(`\0${topic}/`)) this.#committed.delete(name);
    }
  }

  write(topic: string, partition: number, ...values: readonly (string | null)[]): void {
    for (const value of values) {
      this.#append({
        ...{ topic, partition, key: null, headers: [], timestampMs: this.#clock.now() },
        value: value === null ? null : Buffer.from(value),
      });
    }
  }

  /** Leaves offsets without a record, as marks of transactions and compaction do. */
  skip(topic: string, partition: number, offsets: number): void {
    this.#of({ topic, partition }).nextOffset += offsets;
  }

  /** Removes the records in front of an offset. */
  truncate(topic: string, partition: number, offset: number): void {
    const found = this.#of({ topic, partition });
    found.records = found.records.filter((record) => record.offset >= offset);
  }

  setProblem(topic: string, partition: number, problem: FetchProblem | null): void {
    this.#of({ topic, partition }).problem = problem;
  }

  /** Which broker leads it; -1 for none. */
  lead(topic: string, partition: number, leader: number): void {
    this.#of({ topic, partition }).leader = leader;
  }

  records(topic: string): readonly KafkaRecord[] {
    return (this.#topics.get(topic) ?? []).flatMap(({ records }) => records);
  }

  values(topic: string): readonly string[] {
    return this.records(topic).map(({ value }) => Buffer.from(value ?? []).toString());
  }

  committedOffset(group: string, topic: string, partition: number): number | null {
    return this.#committed.get(nameOf(group, { topic, partition }))?.offset ?? null;
  }

  reader(): KafkaReader {
    return {
      topicNames: async () => this.#try([...this.#topics.keys()]),
      topicStates: async (topics) => this.#try(topics.map((topic) => this.#state(topic))),
      fetch: (leader, places, limits) => this.#fetch(leader, places, limits),
      offsetsAt: async (ids, query) => this.#try(ids.map((id) => this.#offsetAt(id, query))),
      committed: async (group, ids) =>
        this.#try(ids.map((id) => this.#committed.get(nameOf(group, id)) ?? null)),
      commit: async (group, offsets, metadata) => {
        this.#try(null);
        this.#commit({ group, offsets, metadata });
      },
      close: async () => {},
    };
  }

  writer(): KafkaWriter {
    return {
      partitionCount: async (topic) => this.#count(topic),
      send: async (records) => {
        this.#check(records);
        for (const record of records) this.#append(record);
      },
      close: async () => {},
    };
  }

  transactionalWriter(): TransactionalWriter {
    return {
      partitionCount: async (topic) => this.#count(topic),
      begin: async () => {
        this.#try(null);
      },
      commit: async (records, sources) => {
        this.#check(records);
        for (const record of records) this.#append(record);
        for (const source of sources) this.#commit(source);
      },
      close: async () => {},
    };
  }

  #try<Value>(value: Value): Value {
    if (this.isReachable) return value;
    throw new KafkaError('unreachable', 'no Kafka broker answers');
  }

  #check(records: readonly NewRecord[]): void {
    this.#try(null);
    const large = records.find(({ value }) => (value?.length ?? 0) > this.recordBytesMax);
    if (large !== undefined) throw new KafkaError('too-large', 'the record is too large');
  }

  #count(topic: string): number {
    const count = this.#try(this.#topics.get(topic)?.length ?? 0);
    if (count === 0) throw new KafkaError('refused', `topic ${topic}: it does not exist`);
    return count;
  }

  #state(topic: string): TopicState {
    const found = this.#topics.get(topic);
    const isGone = found === undefined;
    if (isGone || this.unavailable.has(topic)) {
      const why = isGone ? 'it does not exist' : 'there is no leader';
      return { topic, partitions: [], problem: `topic ${topic}: ${why}`, isGone };
    }
    const partitions = found.map(({ leader }, partition) => ({ partition, leader }));
    const leaderless = partitions.find(({ leader }) => leader < 0);
    const problem =
      leaderless === undefined
        ? null
        : `topic ${topic}: no broker leads partition ${leaderless.partition}`;
    return { topic, partitions, problem, isGone };
  }

  async #fetch(
    leader: number,
    places: readonly FetchPlace[],
    { waitMs }: FetchLimits,
  ): Promise<Fetched[]> {
    if (leader < 0) throw new KafkaError('unreachable', 'there is no such broker');
    const fetched = this.#try(places.map((place) => this.#fetchOne(place)));
    if (fetched.every(({ records, problem }) => records.length === 0 && problem === null)) {
      await new Promise<void>((resolve) => this.#clock.after(waitMs, resolve));
    }
    return fetched;
  }

  #fetchOne({ topic, partition, offset }: FetchPlace): Fetched {
    const found = this.#topics.get(topic)?.[partition];
    const nothing = { topic, partition, records: [], nextOffset: offset, endOffset: offset };
    if (found === undefined) return { ...nothing, problem: problem('moved', 'it is gone') };
    if (found.problem !== null && offset < (found.problem.skipTo ?? Number.POSITIVE_INFINITY))
      return { ...nothing, problem: found.problem };
    const { records, nextOffset: endOffset } = found;
    if (offset > endOffset || offset < (records[0]?.offset ?? 0)) {
      return { ...nothing, problem: problem('out-of-range', 'there is nothing at that offset') };
    }
    const rest = records.filter((record) => record.offset >= offset);
    return { topic, partition, records: rest, nextOffset: endOffset, endOffset, problem: null };
  }

  #offsetAt(id: PartitionId, query: OffsetQuery): number | null {
    const { records, nextOffset, leader } = this.#of(id);
    if (leader < 0) throw new KafkaError('unreachable', 'there is no such broker');
    if (query === 'latest') return nextOffset;
    if (query === 'earliest') return records[0]?.offset ?? nextOffset;
    const { timestampMs } = query;
    return records.find((record) => record.timestampMs >= timestampMs)?.offset ?? null;
  }

  #append(record: NewRecord): void {
    const found = this.#of(record);
    const { key, value, headers, timestampMs } = record;
    const offset = found.nextOffset++;
    found.records.push({ offset, key, value, headers, timestampMs: timestampMs ?? 0 });
  }

  #commit({ group, offsets, metadata }: GroupOffsets): void {
    for (const each of offsets) {
      this.commits.push(each);
      this.#committed.set(nameOf(group, each), { offset: each.offset, metadata });
    }
  }

  #of({ topic, partition }: PartitionId): Partition {
    const found = this.#topics.get(topic)?.[partition];
    if (found === undefined) throw new KafkaError('failed', `there is no ${topic}/${partition}`);
    return found;
  }
}

function problem(kind: FetchProblem['kind'], message: string): FetchProblem {
  return { kind, message, skipTo: null };
}

function nameOf(group: string, { topic, partition }: PartitionId): string {
  return `${group}\0${topic}/${partition}`;
}
