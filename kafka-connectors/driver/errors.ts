/**
 * What a Kafka cluster, or the way to it, has refused.
 * - `unreachable`: no broker answers; it may be different later
 * - `refused`: no permission, or what was sent is not taken as it is; it will not be different later
 * - `too-large`: a record above the limits of its topic
 * - `fenced`: another writer has our name
 * - `failed`: anything else
 */
export class KafkaError extends Error {
  override readonly name = 'KafkaError';
  readonly kind: KafkaErrorKind;

  constructor(kind: KafkaErrorKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export type KafkaErrorKind = 'unreachable' | 'refused' | 'too-large' | 'fenced' | 'failed';
