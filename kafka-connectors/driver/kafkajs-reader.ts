import { setTimeout as sleep } from 'node:timers/promises';
import Cluster from 'kafkajs/src/cluster/index.js';
import { createLogger } from 'kafkajs/src/loggers/index.js';
import createSocketFactory from 'kafkajs/src/network/socketFactory.js';
import fetchRequest from 'kafkajs/src/protocol/requests/fetch/v11/request.js';
import { loadCodecs } from './codecs.ts';
import { brokerList, type KafkaConnection } from './connection-options.ts';
import { KafkaError } from './errors.ts';
import { decodeFetchResponse } from './fetch-response.ts';
import { kafkaErrorOf } from './foreign-errors.ts';
import type {
  CommittedOffset,
  Fetched,
  FetchLimits,
  FetchPlace,
  KafkaReader,
  OffsetQuery,
  PartitionId,
  PartitionOffset,
  TopicState,
} from './kafka-driver.ts';
import { clientIdDefault, quiet } from './kafkajs-options.ts';
import { askMetadata, tolerateTopics, topicStatesOf } from './metadata.ts';
import {
  decodeStableOffsets,
  keyOf,
  type StableOffsets,
  stableOffsetsRequest,
} from './stable-offsets.ts';

/** What a consumer is that is no replica, and one that is no member of its group. */
const noReplica = -1;
const noGeneration = -1;
const noMember = '';
const readCommitted = 1;
const earliestTimestamp = -2;
const latestTimestamp = -1;
/** How often, and how long apart, offsets are asked for that a transaction is about to change. */
const stableAttempts = 50;
const stableWaitMs = 100;

/** Reads over kafkajs' connections, with its requests; its consumer would skip offsets silently. */
export class KafkajsReader implements KafkaReader {
  readonly #connection: KafkaConnection;
  #cluster: Promise<Cluster> | null = null;

  constructor(connection: KafkaConnection) {
    this.#connection = connection;
  }

  async topicNames(): Promise<readonly string[]> {
    return this.#try('cannot list the topics', async (cluster) => {
      const broker = await cluster.brokerPool.findConnectedBroker();
      const { topicMetadata } = await askMetadata(broker, null);
      return topicMetadata.map(({ topic }) => topic).filter((topic) => !topic.startsWith('__'));
    });
  }

  async topicStates(topics: readonly string[]): Promise<readonly TopicState[]> {
    return this.#try('cannot ask for topics', async (cluster) => {
      await cluster.refreshMetadata(); // brokers may be others by now
      const broker = await cluster.brokerPool.findConnectedBroker();
      return topicStatesOf(topics, await askMetadata(broker, topics));
    });
  }

  async fetch(
    leader: number,
    places: readonly FetchPlace[],
    { waitMs, bytesMax, partitionBytesMax }: FetchLimits,
  ): Promise<readonly Fetched[]> {
    return this.#try('cannot fetch', async (cluster) => {
      const broker = await cluster.findBroker({ nodeId: leader });
      const request = fetchRequest({
        replicaId: noReplica,
        isolationLevel: readCommitted,
        maxWaitTime: waitMs,
        minBytes: 1,
        maxBytes: bytesMax,
        topics: byTopic(places, ({ partition, offset }) => ({
          partition,
          fetchOffset: String(offset),
          maxBytes: partitionBytesMax,
        })),
      });
      const response = {
        decode: async (bytes: Buffer) => decodeFetchResponse(bytes, places),
        parse: async (fetched: readonly Fetched[]) => fetched,
      };
      return (await broker.connectionPool.send({ request, response })) as readonly Fetched[];
    });
  }

  async offsetsAt(
    partitions: readonly PartitionId[],
    query: OffsetQuery,
  ): Promise<readonly (number | null)[]> {
    return this.#try('cannot ask for offsets', async (cluster) => {
      const leaders = await leadersOf(cluster, partitions);
      const timestamp = timestampOf(query);
      return Promise.all(
        partitions.map(async ({ topic, partition }, index) => {
          const broker = await cluster.findBroker({ nodeId: leaders[index] ?? -1 });
          const topics = [{ topic, partitions: [{ partition, timestamp }] }];
          const request = { replicaId: noReplica, isolationLevel: readCommitted, topics };
          const { responses } = await broker.listOffsets(request);
          const offset = Number(responses[0]?.partitions[0]?.offset ?? -1);
          return offset < 0 ? null : offset;
        }),
      );
    });
  }

  async committed(
    group: string,
    partitions: readonly PartitionId[],
  ): Promise<readonly (CommittedOffset | null)[]> {
    return this.#try(`cannot ask for offsets of group ${group}`, async (cluster) => {
      const broker = await cluster.findGroupCoordinator({ groupId: group });
      const request = stableOffsetsRequest(
        group,
        byTopic(partitions, ({ partition }) => partition),
      );
      const response = {
        decode: async (bytes: Buffer) => ({ bytes }),
        parse: async (answer: { bytes: Buffer }) => decodeStableOffsets(group, answer.bytes),
      };
      for (let attempt = 1; attempt <= stableAttempts; attempt++) {
        const exchange = broker.connectionPool.send({ request, response });
        const offsets = (await exchange) as StableOffsets | null;
        if (offsets !== null) return partitions.map((each) => offsets.get(keyOf(each)) ?? null);
        await sleep(stableWaitMs);
      }
      throw new KafkaError(
        'failed',
        `an open transaction holds offsets of group ${group}, or its coordinator is loading`,
      );
    });
  }

  async commit(
    group: string,
    offsets: readonly PartitionOffset[],
    metadata: string,
  ): Promise<void> {
    await this.#try(`cannot commit offsets of group ${group}`, async (cluster) => {
      const broker = await cluster.findGroupCoordinator({ groupId: group });
      await broker.offsetCommit({
        groupId: group,
        groupGenerationId: noGeneration,
        memberId: noMember,
        topics: byTopic(offsets, ({ partition, offset }) => ({
          partition,
          offset: String(offset),
          metadata,
        })),
      });
    });
  }

  async close(): Promise<void> {
    const cluster = this.#cluster;
    this.#cluster = null;
    await cluster?.then((each) => each.disconnect()).catch(() => {});
  }

  /** After an error all connections are made anew: the brokers may have moved. */
  async #try<Value>(wanted: string, work: (cluster: Cluster) => Promise<Value>): Promise<Value> {
    this.#cluster ??= connect(this.#connection);
    const cluster = this.#cluster;
    try {
      return await work(await cluster);
    } catch (error) {
      const told = kafkaErrorOf(wanted, error);
      if (told.kind !== 'refused' && this.#cluster === cluster) await this.close();
      throw told;
    }
  }
}

async function connect(connection: KafkaConnection): Promise<Cluster> {
  await loadCodecs();
  const { clientId = clientIdDefault, ssl, sasl } = connection;
  const cluster = new Cluster({
    ...quiet,
    logger: createLogger({ level: quiet.logLevel, logCreator: quiet.logCreator }),
    socketFactory: createSocketFactory(),
    brokers: [...brokerList(connection)],
    clientId,
    ssl,
    sasl,
    enforceRequestTimeout: true,
    metadataMaxAge: 300_000,
    allowAutoTopicCreation: false,
    maxInFlightRequests: null,
  });
  tolerateTopics(cluster.brokerPool);
  try {
    await cluster.connect();
    await cluster.refreshMetadata();
    return cluster;
  } catch (error) {
    await cluster.disconnect().catch(() => {});
    throw kafkaErrorOf(`no Kafka broker answers at ${brokerList(connection).join(', ')}`, error);
  }
}

async function leadersOf(
  cluster: Cluster,
  partitions: readonly PartitionId[],
): Promise<readonly number[]> {
  const broker = await cluster.brokerPool.findConnectedBroker();
  const names = [...new Set(partitions.map(({ topic }) => topic))];
  const states = topicStatesOf(names, await askMetadata(broker, names));
  return partitions.map(({ topic, partition }) => {
    const state = states.find((each) => each.topic === topic);
    const found = state?.partitions.find((each) => each.partition === partition);
    return found?.leader ?? -1;
  });
}

function byTopic<Place extends PartitionId, Shown>(
  places: readonly Place[],
  show: (place: Place) => Shown,
): { topic: string; partitions: Shown[] }[] {
  const topics = new Map<string, Shown[]>();
  for (const place of places) {
    const partitions = topics.get(place.topic);
    if (partitions === undefined) topics.set(place.topic, [show(place)]);
    else partitions.push(show(place));
  }
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}

function timestampOf(query: OffsetQuery): number {
  if (query === 'earliest') return earliestTimestamp;
  if (query === 'latest') return latestTimestamp;
  return query.timestampMs;
}
