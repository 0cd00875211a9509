import type { ComponentLine, HistoryPoint, TopologyMessage } from '../../live/messages.ts';
import { count, latency, percent, plural, rate } from '../format.ts';

/** One answer to: what is slow, why, since when. */
export interface Finding {
  readonly kind: 'busy' | 'failing' | 'lagging';
  readonly what: string;
  /** Sentences, the most telling first. */
  readonly why: readonly string[];
  /** In milliseconds since 1970; null when it has just begun. */
  readonly sinceMs: number | null;
  /** It was so before that too: nothing older is known, since serve keeps only so much and none over its restart. */
  readonly isOlder: boolean;
  /** Where to look next; null: at no component. */
  readonly component: string | null;
}

/** Less is how any pipeline breathes. */
const heldBackShare = 0.1;
/** Executors that differ by less from their mean are evenly loaded. */
const unevenShare = 0.3;
/** A state that is gone for a moment goes on. */
const gapMs = 10_000;
const lagLookBackMs = 60_000;
/** A reader is behind when it falls back by more than a tenth and this many. */
const lagGrowthLeast = 100;

/**
 * What stands in the way of a topology, be there another problem or not; empty when nothing does, and
 * when it was stopped.
 */
export function findingsOf(
  now: TopologyMessage,
  history: readonly HistoryPoint[],
): readonly Finding[] {
  if (now.status !== 'ACTIVE') return [];
  return [bottleneck(now, history), failing(now, history), lagging(now, history)].flatMap(
    (finding) => finding ?? [],
  );
}

function bottleneck(now: TopologyMessage, history: readonly HistoryPoint[]): Finding | null {
  const slow = now.components.find(({ id }) => id === now.bottleneck);
  if (slow === undefined) return null;
  const heldBack = now.components.filter(
    ({ id, shares }) => id !== slow.id && (shares?.backpressured ?? 0) >= heldBackShare,
  );
  const waits = heldBack.map(({ id, shares }) => `${id} ${percent(shares?.backpressured ?? 0)}`);
  return {
    kind: 'busy',
    what: `${slow.id} is slower than what comes in`,
    why: [
      ...timeSpent(slow),
      ...(waits.length === 0 ? [] : [`It holds back ${waits.join(', ')} of their time.`]),
      ...wayOut(slow),
    ],
    ...since(now, history, (point) => point.bottleneck === slow.id),
    component: slow.id,
  };
}

function timeSpent(line: ComponentLine): readonly string[] {
  const { shares, busiest, execute } = line;
  const threads =
    shares === null ? [] : [`Its executors are busy ${percent(shares.busy)} of the time`];
  const worst = isUneven(line) ? [`the busiest of them ${percent(busiest)}`] : [];
  const took =
    execute === null
      ? []
      : [`a tuple takes ${latency(execute.p50)}, one in a hundred over ${latency(execute.p99)}`];
  const parts = [...threads, ...worst, ...took, ...waiting(line)];
  return parts.length === 0 ? [] : [`${parts.join('; ')}.`];
}

/** As it was measured; before anything was, as the depth of the queue lets expect. */
function waiting({ queue, queued }: ComponentLine): readonly string[] {
  if (queue === null || queue.tuples === 0) return [];
  const tuples = `${plural(queue.tuples, 'tuple')} wait for it`;
  return queued === null
    ? [`${tuples}, ${latency(queue.waitMs)} each`]
    : [
        `${tuples}, half of them over ${latency(queued.p50)}, one in a hundred over ${latency(queued.p99)}`,
      ];
}

function isUneven({ shares, busiest }: ComponentLine): boolean {
  return shares !== null && busiest !== null && busiest - shares.busy > unevenShare;
}

function wayOut(line: ComponentLine): readonly string[] {
  const { executors, tasks } = line;
  if (isUneven(line)) {
    return ['Most of what comes in goes to few of its executors: more of them would not help.'];
  }
  if (tasks <= executors)
    return ['Each of its tasks has an executor already: a rebalance cannot give it more.'];
  return [
    `It runs ${plural(tasks, 'task')} on ${plural(executors, 'executor')}: a rebalance can give it more.`,
  ];
}

function failing(now: TopologyMessage, history: readonly HistoryPoint[]): Finding | null {
  if (now.failedPerSec <= 0) return null;
  const holders = now.components
    .flatMap(({ timedOut }) => timedOut?.holders ?? [])
    .sort((one, other) => other.tuples - one.tuples);
  const [worst] = holders;
  const errors = now.errors.filter(({ lastSeenMs }) => now.timeMs - lastSeenMs < lagLookBackMs);
  const [error] = errors;
  return {
    kind: 'failing',
    what: `${rate(now.failedPerSec)} tuples of spouts fail`,
    why: [
      ...(error === undefined
        ? []
        : [`${error.component} reported: ${error.message.split('\n')[0] ?? ''}`]),
      ...(worst === undefined
        ? []
        : [`Of trees that took too long, most (${count(worst.tuples)}) waited for ${worst.id}.`]),
    ],
    ...since(now, history, ({ failedPerSec }) => failedPerSec > 0),
    component: error?.component ?? worst?.id ?? null,
  };
}

function lagging(now: TopologyMessage, history: readonly HistoryPoint[]): Finding | null {
  const { lag } = now;
  const before = history.find(({ timeMs }) => timeMs >= now.timeMs - lagLookBackMs);
  if (lag === null || before === undefined || before.lag === null) return null;
  const growth = lag - before.lag;
  if (growth < lagGrowthLeast || growth * 10 < before.lag) return null;
  const furthest = now.components
    .filter((each) => each.lag !== null)
    .sort((one, other) => (other.lag?.total ?? 0) - (one.lag?.total ?? 0))[0];
  return {
    kind: 'lagging',
    what: `${count(lag)} messages wait to be read, ${count(growth)} more than a minute ago`,
    why: furthest === undefined ? [] : [`${furthest.id} is furthest behind.`],
    sinceMs: null,
    isOlder: false,
    component: furthest?.id ?? null,
  };
}

/** When the state began that the newest points are in. */
function since(
  now: TopologyMessage,
  history: readonly HistoryPoint[],
  isSo: (point: HistoryPoint) => boolean,
): Pick<Finding, 'sinceMs' | 'isOlder'> {
  let sinceMs: number | null = null;
  for (const point of [...history].reverse()) {
    if (isSo(point)) sinceMs = point.timeMs;
    else if (sinceMs !== null && sinceMs - point.timeMs > gapMs) break;
  }
  const startedMs = now.timeMs - now.uptimeSecs * 1000;
  const isOldest = sinceMs !== null && sinceMs === history[0]?.timeMs;
  return { sinceMs, isOlder: isOldest && (sinceMs ?? 0) - startedMs > gapMs };
}
