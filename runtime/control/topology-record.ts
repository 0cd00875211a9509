import {
  type DebugOptions,
  type DrpcSpout,
  type LoggerLevel,
  type StormId,
  stormId,
  type TopologyStatus,
} from '../../storm-api/index.ts';
import type { Parallelism } from '../../translator/index.ts';
import type { Lifecycle } from './lifecycle.ts';
import { renewedPlaces } from './state-places.ts';

/** What the store knows of an accepted topology; the rest is in its files. */
export interface TopologyRecord {
  readonly stormId: StormId;
  readonly name: string;
  readonly submittedAtMs: number;
  /** What it wants; the plan says what it got. */
  readonly parallelism: Parallelism;
  readonly lifecycle: Lifecycle;
  /** Whether a jar was submitted with it; null in records of builds that did not write it. */
  readonly hasJar: boolean | null;
  /** What its inspection found. */
  readonly drpcSpouts: readonly DrpcSpout[];
  /** Where in ZooKeeper it numbers its batches, see `statePlaces`. */
  readonly statePlaces: readonly string[];
  /** What its loggers were given while it ran; some may be over. */
  readonly logLevels: readonly LoggerLevel[];
  /** What of it is written to event logs. */
  readonly debugging: readonly DebugOptions[];
}

const statuses: readonly TopologyStatus[] = ['ACTIVE', 'INACTIVE', 'REBALANCING', 'KILLED'];

export function encodeTopologyRecord(record: TopologyRecord): string {
  return JSON.stringify(record);
}

/**
 * Fills in what older builds did not write, and renews what they wrote in another form.
 * @throws SyntaxError when the text is no topology record.
 */
export function decodeTopologyRecord(text: string): TopologyRecord {
  const record = JSON.parse(text) as TopologyRecord;
  const isRecord =
    typeof record.stormId === 'string' &&
    statuses.includes(record.lifecycle?.status) &&
    typeof record.parallelism?.workers === 'number';
  if (!isRecord) throw new SyntaxError('not a topology record');
  const rest = record as Partial<TopologyRecord>;
  const { drpcSpouts = [], logLevels = [], debugging = [] } = rest;
  const { statePlaces = [], hasJar = null } = rest;
  const parallelism = completed(record.parallelism);
  const lifecycle = completedLifecycle(record.lifecycle);
  const kept = { hasJar, drpcSpouts, logLevels, debugging };
  const places = renewedPlaces(statePlaces);
  return {
    ...record,
    parallelism,
    lifecycle,
    ...kept,
    statePlaces: places,
    stormId: stormId(record.stormId),
  };
}

function completed(parallelism: Omit<Parallelism, 'isolated'> & Partial<Parallelism>): Parallelism {
  return { isolated: [], ...parallelism };
}

function completedLifecycle(lifecycle: Lifecycle): Lifecycle {
  if (lifecycle.status !== 'REBALANCING') return lifecycle;
  const { parallelism, ...rest } = lifecycle;
  return { ...{ overridesJson: '{}' }, ...rest, parallelism: completed(parallelism) };
}
