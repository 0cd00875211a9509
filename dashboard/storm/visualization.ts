import {
  type ComponentSpec,
  type ComponentStatistics,
  type ExecutorStatistics,
  type StreamGrouping,
  totalsOf,
} from '../../storm-api/index.ts';
import { type Dialect, isSystem, urlEncoded } from './format.ts';
import type { Page } from './page.ts';

const boxesPerRow = 4;
const ackerStreams: readonly string[] = ['__ack_init', '__ack_ack', '__ack_fail'];

interface Input {
  readonly ':component': string;
  readonly ':stream': string;
  readonly ':sani-stream': string;
  readonly ':grouping': string;
}

/** Storm's answer for its picture of a topology, by component; keys keep Clojure's colon. */
export function visualization(page: Page): object {
  const { components } = page.topology.systemTopology;
  return Object.fromEntries(components.map((spec) => [spec.id, node(page, spec)]));
}

/** The streams that the picture can show, in rows. */
export function streamBoxes({ topology, dialect }: Page): readonly object[] {
  const streams = topology.systemTopology.components.flatMap(({ inputs }) =>
    inputs.map(({ stream }) => stream as string),
  );
  const boxes = [...new Set(streams)].map((stream) => ({
    ':stream': stream,
    ':sani-stream': sanitized(stream, dialect),
    ':checked': !ackerStreams.includes(stream),
  }));
  const rows: object[] = [];
  for (let start = 0; start < boxes.length; start += boxesPerRow) {
    rows.push({ ':row': boxes.slice(start, start + boxesPerRow) });
  }
  return rows;
}

/** What has no executors to show is called a spout there. */
function node(page: Page, spec: ComponentSpec): object {
  const { topology, statistics, withSystem, window, dialect } = page;
  const { id } = spec;
  const isHidden = isSystem(id) && !withSystem;
  const executors = statistics.executorList.filter((each) => each.component === id && !isHidden);
  const known = statistics.components.find((each) => each.id === id);
  const component = executors.length === 0 ? undefined : known;
  const isBolt = spec.kind !== 'spout' && component !== undefined;
  const totals = component === undefined ? null : totalsOf(component.windows, window, true);
  return {
    ':type': isBolt ? 'bolt' : 'spout',
    ':capacity': isBolt ? capacityOf(component) : 0,
    ':latency': totals?.ackMs ?? null,
    ':transferred': totals?.transferred ?? null,
    ':stats': executors.map((each) => executorStats(each, dialect)),
    ':link': `/component.html?id=${urlEncoded(id)}&topology_id=${urlEncoded(topology.id)}`,
    ':inputs': spec.inputs.map(
      ({ source, stream, grouping }): Input => ({
        ':component': source,
        ':stream': stream,
        ':sani-stream': sanitized(stream, dialect),
        ':grouping': groupingName(grouping),
      }),
    ),
  };
}

function capacityOf({ capacity }: ComponentStatistics): number {
  return capacity ?? 0;
}

function executorStats(
  { host, port, uptimeSecs, windows }: ExecutorStatistics,
  dialect: Dialect,
): object {
  const transferred = [...windows].map(([window, counts]) => [
    window,
    Object.fromEntries(
      Array.from(counts.transferred, ([stream, count]) => [sanitized(stream, dialect), count]),
    ),
  ]);
  return {
    ':host': host,
    ':port': port,
    ':uptime_secs': uptimeSecs,
    ':transferred': windows.size === 0 ? null : Object.fromEntries(transferred),
  };
}

/** A name that can be a class in a page: Clojure's hash is behind it, so that no two become one. */
function sanitized(stream: string, { isFirst }: Dialect): string {
  const start = /^[A-Za-z]/.test(stream) ? stream : `s${stream}`;
  const hash = javaHash(stream);
  return start.replace(/[^A-Za-z_\-:.]/g, '_') + (isFirst ? hash : mixed(hash));
}

function javaHash(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(31, hash) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

/** Murmur3 of one 32 bit number: what Clojure 1.6, which came with Storm 0.10, does with Java's hash. */
function mixed(number: number): number {
  if (number === 0) return 0;
  let hash = Math.imul(rotated(Math.imul(number, 0xcc9e2d51), 15), 0x1b873593);
  hash = (Math.imul(rotated(hash, 13), 5) + 0xe6546b64) | 0;
  hash ^= 4; // bytes that were hashed
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function rotated(number: number, bits: number): number {
  return (number << bits) | (number >>> (32 - bits));
}

/** Storm has no word for global: it is a grouping by no fields; nor for one of a native program. */
function groupingName({ kind }: StreamGrouping): string {
  if (kind === 'global') return 'fields';
  return kind === 'custom-native' ? 'custom-serialized' : kind;
}
