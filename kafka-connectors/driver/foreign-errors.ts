import { KafkaError, type KafkaErrorKind } from './errors.ts';

/** What errors of kafkajs may say; one that it gave up on wraps the one that it met. */
interface ForeignError {
  readonly name?: unknown;
  readonly type?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
}

const kindOfType: Readonly<Record<string, KafkaErrorKind>> = {
  TOPIC_AUTHORIZATION_FAILED: 'refused',
  GROUP_AUTHORIZATION_FAILED: 'refused',
  CLUSTER_AUTHORIZATION_FAILED: 'refused',
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 'refused',
  SASL_AUTHENTICATION_FAILED: 'refused',
  UNSUPPORTED_SASL_MECHANISM: 'refused',
  INVALID_TOPIC_EXCEPTION: 'refused',
  MESSAGE_TOO_LARGE: 'too-large',
  RECORD_LIST_TOO_LARGE: 'too-large',
  INVALID_PRODUCER_EPOCH: 'fenced',
  TRANSACTION_COORDINATOR_FENCED: 'fenced',
  FENCED_INSTANCE_ID: 'fenced',
};

const kindOfName: Readonly<Record<string, KafkaErrorKind>> = {
  KafkaJSConnectionError: 'unreachable',
  KafkaJSConnectionClosedError: 'unreachable',
  KafkaJSRequestTimeoutError: 'unreachable',
  KafkaJSBrokerNotFound: 'unreachable',
  KafkaJSGroupCoordinatorNotFound: 'unreachable',
  KafkaJSSASLAuthenticationError: 'refused',
};

/** The error in our words, under what we wanted to do: a KafkaError, whatever it was. */
export function kafkaErrorOf(wanted: string, error: unknown): KafkaError {
  if (error instanceof KafkaError) return error;
  const root = rootOf(error);
  const kind = kindOfType[String(root.type)] ?? kindOfName[String(root.name)] ?? 'failed';
  return new KafkaError(kind, `${wanted}: ${root.message ?? String(error)}`, error);
}

function rootOf(error: unknown): ForeignError {
  let root = asForeign(error);
  // one that was refused is named by its type, the others by their class
  for (let next = asForeign(root.cause); next.message !== undefined; next = asForeign(next.cause)) {
    if (root.type !== undefined) break;
    root = next;
  }
  return root;
}

function asForeign(error: unknown): ForeignError {
  return typeof error === 'object' && error !== null ? error : {};
}
