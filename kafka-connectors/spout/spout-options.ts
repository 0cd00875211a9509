import type { KafkaConnection } from '../driver/connection-options.ts';

/** Where to begin in a partition: its first message, its end, a time, or an offset by topic and partition. */
export type StartAt =
  | 'earliest'
  | 'latest'
  | { readonly timestampMs: number }
  | { readonly offsets: Readonly<Record<string, Readonly<Record<number, number>>>> };

/** What becomes of a message that cannot be had: go on without it, or fail the spout until somebody looks. */
export type Policy = 'skip' | 'stop';

export interface RetryOptions {
  /** Before the first repetition; each later delay is twice as long. 100 when left out. */
  readonly initialMs?: number;
  /** 60 000 when left out. */
  readonly maxMs?: number;
  /** How often a message is emitted before it is given up; without a bound when left out. */
  readonly attemptsMax?: number;
}

/** What a Kafka spout reads and how; see docs/kafka.md. */
export interface SourceOptions extends KafkaConnection {
  /** Names of topics, or patterns of whole names. */
  readonly topics: string | RegExp | readonly (string | RegExp)[];
  /** Offsets are kept under it. */
  readonly group: string;
  /** Where nothing was committed; `earliest` when left out. */
  readonly start?: StartAt;
  /**
   * False: this topology begins at `start`, whatever was committed before it; its own restarts go on
   * where they were. True when left out.
   */
  readonly resume?: boolean;
  /** One message of a partition after the other: the next when the last was acked. */
  readonly ordered?: boolean;
  /** Unacked messages of one partition; 1000 when left out. */
  readonly inFlightMax?: number;
  /**
   * Messages of one partition that are emitted and not committed, acked or not: what a crash can
   * repeat of it; 100 000 when left out.
   */
  readonly uncommittedMax?: number;
  readonly retry?: RetryOptions;
  /** Where messages go that were given up or cannot be decoded. */
  readonly deadLetterTopic?: string;
  /** For what cannot be decoded, without a dead-letter topic; `skip` when left out. */
  readonly undecodable?: Policy;
  /** Longer keys and values count as undecodable, in bytes. */
  readonly messageBytesMax?: number;
  /** When the next message to read is gone from the log; `earliest` when left out. */
  readonly outOfRange?: 'earliest' | 'latest' | 'stop';
  /** 1000 when left out. */
  readonly commitMs?: number;
  /** Who commits: this spout, or the bolt at the end that writes with `exactlyOnce`. */
  readonly commitBy?: 'spout' | 'sink';
  /** How often new topics and partitions are looked for; 30 when left out. */
  readonly refreshSecs?: number;
  /** What one answer of a broker brings of one partition, in bytes; 1 MiB when left out. */
  readonly fetchBytes?: number;
}

/** The same with everything decided. */
export interface SourceSettings {
  readonly names: readonly string[];
  readonly patterns: readonly RegExp[];
  readonly group: string;
  readonly start: StartAt;
  readonly resume: boolean;
  readonly inFlightMax: number;
  readonly uncommittedMax: number;
  readonly retry: Required<RetryOptions>;
  readonly deadLetterTopic: string | null;
  readonly undecodable: Policy;
  readonly messageBytesMax: number;
  readonly outOfRange: 'earliest' | 'latest' | 'stop';
  readonly commitMs: number;
  readonly commits: boolean;
  readonly refreshMs: number;
  readonly fetchBytes: number;
}

/** @throws TypeError or RangeError for an option that cannot be meant so */
export function settingsOf(options: SourceOptions): SourceSettings {
  const { ordered = false, deadLetterTopic = null, retry = {} } = options;
  const settings: SourceSettings = {
    ...defaults,
    ...defined(options),
    ...topicsOf(options.topics),
    retry: { ...defaults.retry, ...retry },
    inFlightMax: ordered ? 1 : (options.inFlightMax ?? defaults.inFlightMax),
    deadLetterTopic,
    commits: options.commitBy !== 'sink',
    refreshMs: (options.refreshSecs ?? defaults.refreshMs / 1000) * 1000,
  };
  checkSettings(settings);
  return settings;
}

const defaults = {
  start: 'earliest',
  resume: true,
  inFlightMax: 1000,
  uncommittedMax: 100_000,
  retry: { initialMs: 100, maxMs: 60_000, attemptsMax: Number.POSITIVE_INFINITY },
  undecodable: 'skip',
  messageBytesMax: Number.POSITIVE_INFINITY,
  outOfRange: 'earliest',
  commitMs: 1000,
  refreshMs: 30_000,
  fetchBytes: 1024 * 1024,
} as const;

/** An option that is there and undefined counts as left out. */
function defined(options: SourceOptions): SourceOptions {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as SourceOptions;
}

function topicsOf(topics: SourceOptions['topics']) {
  const all = isMany(topics) ? topics : [topics];
  if (all.length === 0 || all.includes('')) throw new TypeError('a Kafka spout needs a topic');
  return {
    names: all.filter((topic) => typeof topic === 'string'),
    patterns: all.filter((topic) => topic instanceof RegExp),
  };
}

function checkSettings(settings: SourceSettings): void {
  const { start, retry, group, deadLetterTopic, commits } = settings;
  if (typeof group !== 'string' || group === '') throw new TypeError('a Kafka spout needs a group');
  const { inFlightMax, uncommittedMax, commitMs, refreshMs, fetchBytes, messageBytesMax } =
    settings;
  const limits = { inFlightMax, uncommittedMax, commitMs, refreshMs, fetchBytes, messageBytesMax };
  for (const [name, value] of Object.entries({ ...limits, ...retry })) {
    if (value >= 1) continue;
    throw new RangeError(`${name} of a Kafka spout is ${value}, and has to be at least 1`);
  }
  if (typeof start === 'object' && 'timestampMs' in start && !(start.timestampMs >= 0)) {
    throw new RangeError(`start of a Kafka spout is no time: ${start.timestampMs}`);
  }
  if (!commits && (deadLetterTopic !== null || retry.attemptsMax < Number.POSITIVE_INFINITY)) {
    throw new TypeError(
      'with commitBy: sink a Kafka spout gives no message up: nobody would commit its offset',
    );
  }
}

function isMany(topics: SourceOptions['topics']): topics is readonly (string | RegExp)[] {
  return Array.isArray(topics);
}
