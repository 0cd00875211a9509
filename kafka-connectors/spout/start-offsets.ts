import type { KafkaReader, PartitionId, PartitionOffset } from '../driver/kafka-driver.ts';
import type { SourceSettings, StartAt } from './spout-options.ts';

export interface StartOptions {
  readonly settings: SourceSettings;
  /** Goes into the metadata of what is committed. */
  readonly stormId: string;
  /** It was there when the spout opened; later ones are new, and nothing in them may be missed. */
  isFirst(partition: PartitionId): boolean;
}

/**
 * Where to begin in each partition. What was found is committed before a message of it is emitted:
 * whoever begins again begins there, also where `latest` or a time would mean something else by then.
 * A partition without an offset among others of ours that have one came while the spout was away.
 */
export async function startOffsets(
  reader: KafkaReader,
  partitions: readonly PartitionId[],
  { settings, stormId, isFirst }: StartOptions,
): Promise<readonly number[]> {
  const committed = await reader.committed(settings.group, partitions);
  const known = committed.map((each) =>
    each !== null && (settings.resume || isOf(each.metadata, stormId)) ? each.offset : null,
  );
  const unknown = partitions.filter((_, index) => known[index] === null);
  if (unknown.length === 0) return known.map((offset) => offset ?? 0);
  const hasBegun = ({ topic }: PartitionId) =>
    partitions.some((each, index) => {
      if (known[index] === null) return false;
      return each.topic === topic || isOf(committed[index]?.metadata ?? '', stormId);
    });
  const isNew = (each: PartitionId) => !isFirst(each) || hasBegun(each);
  const found = await firstOffsets(reader, unknown, { start: settings.start, isNew });
  const starts: PartitionOffset[] = unknown.map(({ topic, partition }, index) => {
    return { topic, partition, offset: found[index] ?? 0 };
  });
  await reader.commit(settings.group, starts, metadataOf(stormId));
  const fresh = starts.values();
  return known.map((offset) => offset ?? fresh.next().value?.offset ?? 0);
}

/** Says which topology has committed, so that its restarts are known from its first start. */
export function metadataOf(stormId: string): string {
  return JSON.stringify({ topology: stormId });
}

function isOf(metadata: string, stormId: string): boolean {
  return metadata === metadataOf(stormId);
}

/** Of each partition, at `start`; of new ones their first, unless the start names an offset there. */
async function firstOffsets(
  reader: KafkaReader,
  partitions: readonly PartitionId[],
  { start, isNew }: { readonly start: StartAt; isNew(partition: PartitionId): boolean },
): Promise<readonly number[]> {
  const namesOffsets = typeof start === 'object' && 'offsets' in start;
  const ofStart = partitions.filter((each) => namesOffsets || !isNew(each));
  const ofBegin = partitions.filter((each) => !ofStart.includes(each));
  const found = new Map<PartitionId, number>();
  for (const [places, at] of [
    [ofStart, start],
    [ofBegin, 'earliest'],
  ] as const) {
    if (places.length === 0) continue;
    const offsets = await offsetsOf(reader, places, at);
    for (const [index, place] of places.entries()) found.set(place, offsets[index] ?? 0);
  }
  return partitions.map((each) => found.get(each) ?? 0);
}

async function offsetsOf(
  reader: KafkaReader,
  partitions: readonly PartitionId[],
  start: StartAt,
): Promise<readonly number[]> {
  if (start === 'earliest' || start === 'latest') return mustHave(reader, partitions, start);
  if ('timestampMs' in start) {
    const at = await reader.offsetsAt(partitions, start);
    if (!at.includes(null)) return at.map((offset) => offset ?? 0);
    const ends = await mustHave(reader, partitions, 'latest');
    return at.map((offset, index) => offset ?? ends[index] ?? 0);
  }
  const firsts = await mustHave(reader, partitions, 'earliest');
  return partitions.map(
    ({ topic, partition }, index) => start.offsets[topic]?.[partition] ?? firsts[index] ?? 0,
  );
}

async function mustHave(
  reader: KafkaReader,
  partitions: readonly PartitionId[],
  query: 'earliest' | 'latest',
): Promise<readonly number[]> {
  const offsets = await reader.offsetsAt(partitions, query);
  return offsets.map((offset) => offset ?? 0);
}
