import type { Broker, BrokerPool, Metadata } from 'kafkajs/src/cluster/index.js';
import Encoder from 'kafkajs/src/protocol/encoder.js';
import { errorCodes } from 'kafkajs/src/protocol/error.js';
import { decode } from 'kafkajs/src/protocol/requests/metadata/v6/response.js';
import type { PartitionState, TopicState } from './kafka-driver.ts';

const apiKey = 3;
const apiVersion = 6;
/** Answers that are none the worse for it: another replica than the leader is missing. */
const replicaNotAvailable = 9;
/** Nobody knows the topic: it was deleted, or never there. */
const unknownTopic = 3;
const nobody = -1;

/**
 * Lets a pool of kafkajs know its brokers whatever is wrong with topics: kafkajs refuses a whole
 * answer for one partition of any topic that has no leader.
 */
export function tolerateTopics(pool: BrokerPool): void {
  const { createBroker } = pool;
  pool.createBroker = (options) => {
    const broker = createBroker(options);
    broker.metadata = () => askMetadata(broker, []);
    return broker;
  };
}

/** @param topics null for all that we may see; an empty list for none, but the brokers */
export async function askMetadata(
  { connectionPool }: Broker,
  topics: readonly string[] | null,
): Promise<Metadata> {
  const encode = async () => {
    const encoder = new Encoder().writeInt32(topics?.length ?? -1);
    for (const topic of topics ?? []) encoder.writeString(topic);
    return encoder.writeBoolean(false); // no topic is to be made for having been asked for
  };
  const request = { apiKey, apiVersion, apiName: 'Metadata', encode };
  const parse = async (metadata: Metadata) => metadata;
  return (await connectionPool.send({ request, response: { decode, parse } })) as Metadata;
}

/** What an answer says of the topics that were asked for. */
export function topicStatesOf(
  topics: readonly string[],
  { topicMetadata }: Metadata,
): readonly TopicState[] {
  return topics.map((topic) => {
    const found = topicMetadata.find((each) => each.topic === topic);
    const errorCode = found?.topicErrorCode ?? unknownTopic;
    if (found !== undefined && errorCode === 0) {
      const partitions = found.partitionMetadata.map(partitionState);
      partitions.sort((one, other) => one.partition - other.partition);
      return { topic, partitions, problem: problemOf(topic, partitions), isGone: false };
    }
    const problem = `topic ${topic}: ${messageOf(errorCode)}`;
    return { topic, partitions: [], problem, isGone: errorCode === unknownTopic };
  });
}

function partitionState({
  partitionId,
  partitionErrorCode,
  leader,
}: Metadata['topicMetadata'][number]['partitionMetadata'][number]): PartitionState {
  const isLed = partitionErrorCode === 0 || partitionErrorCode === replicaNotAvailable;
  return { partition: partitionId, leader: isLed ? leader : nobody };
}

function problemOf(topic: string, partitions: readonly PartitionState[]): string | null {
  const without = partitions.filter(({ leader }) => leader === nobody);
  if (without.length === 0) return null;
  const numbers = without.map(({ partition }) => partition).join(', ');
  return `topic ${topic}: no broker leads partition ${numbers}`;
}

function messageOf(errorCode: number): string {
  const known = errorCodes.find(({ code }) => code === errorCode);
  return known === undefined ? `the broker answered error ${errorCode}` : known.message;
}
