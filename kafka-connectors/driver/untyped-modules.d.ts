declare module 'snappyjs' {
  export function compress(bytes: Uint8Array): Uint8Array;
  /** @throws Error when it would become longer */
  export function uncompress(bytes: Uint8Array, lengthMax?: number): Uint8Array;
}

// The parts of kafkajs below its consumer, which hides what offsets it skips and from which it reads.
declare module 'kafkajs/src/cluster/index.js' {
  export interface BrokerConnections {
    send(exchange: { request: unknown; response: unknown }): Promise<unknown>;
  }

  interface OffsetTopic<Partition> {
    topic: string;
    partitions: Partition[];
  }

  export interface Metadata {
    topicMetadata: {
      topic: string;
      topicErrorCode: number;
      partitionMetadata: { partitionId: number; partitionErrorCode: number; leader: number }[];
    }[];
  }

  export interface Broker {
    readonly connectionPool: BrokerConnections;
    metadata(topics: readonly string[]): Promise<Metadata>;
    listOffsets(request: {
      replicaId: number;
      isolationLevel: number;
      topics: OffsetTopic<{ partition: number; timestamp: number }>[];
    }): Promise<{
      responses: OffsetTopic<{ partition: number; errorCode: number; offset: string }>[];
    }>;
    offsetCommit(request: {
      groupId: string;
      groupGenerationId: number;
      memberId: string;
      topics: OffsetTopic<{ partition: number; offset: string; metadata: string }>[];
    }): Promise<unknown>;
  }

  export interface BrokerPool {
    createBroker(options: unknown): Broker;
    findConnectedBroker(): Promise<Broker>;
  }

  export default class Cluster {
    constructor(options: Readonly<Record<string, unknown>>);
    readonly brokerPool: BrokerPool;
    connect(): Promise<void>;
    disconnect(): Promise<void>;
    refreshMetadata(): Promise<void>;
    findBroker(which: { nodeId: number }): Promise<Broker>;
    findGroupCoordinator(which: { groupId: string }): Promise<Broker>;
  }
}

declare module 'kafkajs/src/loggers/index.js' {
  export function createLogger(options: { level: number; logCreator: unknown }): unknown;
}

declare module 'kafkajs/src/network/socketFactory.js' {
  import type { ISocketFactory } from 'kafkajs';

  export default function createSocketFactory(): ISocketFactory;
}

declare module 'kafkajs/src/protocol/requests/fetch/v11/request.js' {
  export default function fetchRequest(options: {
    replicaId: number;
    maxWaitTime: number;
    minBytes: number;
    maxBytes: number;
    topics: {
      topic: string;
      partitions: { partition: number; fetchOffset: string; maxBytes: number }[];
    }[];
    isolationLevel: number;
  }): unknown;
}

declare module 'kafkajs/src/protocol/requests/metadata/v6/response.js' {
  import type { Metadata } from 'kafkajs/src/cluster/index.js';

  export function decode(bytes: Buffer): Promise<Metadata>;
}

declare module 'kafkajs/src/protocol/error.js' {
  export const errorCodes: readonly { type: string; code: number; message: string }[];
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    writeBuffer(bytes: Buffer): Encoder;
    writeInt32(value: number): Encoder;
    writeString(value: string): Encoder;
    writeBoolean(value: boolean): Encoder;
  }
}
