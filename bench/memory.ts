import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster, Sides } from './cluster.ts';
import { type MeterRows, totalOf } from './meter-file.ts';
import { type Comparison, interleaved, type Outcome, type Series } from './outcome.ts';
import { residentMegabytes } from './proc.ts';
import { runTopology } from './topology-run.ts';

const settledAtSecs = 10;

interface Sample {
  /** Megabytes in RAM by seconds since the bolt's first tuple. */
  readonly series: Series;
  readonly restarts: number;
}

/** What a worker takes while a spout emits without end and the bolt behind it never returns. */
export const memory: Comparison = {
  name: 'memory',
  about: 'memory of a worker with an endless spout and a blocked bolt, acked and not',
  minutes: { quick: 4, full: 9 },
  peers: ['2.8.3', '0.10.2'],
  async run(sides, quick) {
    const outcomes: Outcome[] = [];
    for (const kind of ['acked', 'unacked']) {
      outcomes.push(...(await compare(kind, sides, quick ? 20 : 60)));
    }
    return outcomes;
  },
};

async function compare(kind: string, sides: Sides, secs: number): Promise<readonly Outcome[]> {
  const samples = await interleaved(sides, 1, (cluster) => measure(cluster, kind, secs));
  const [ours] = samples.ours;
  if (ours === undefined) return [];
  return [...samples.peers].flatMap(([peer, [theirs]]) =>
    theirs === undefined ? [] : [outcomeOf(kind, peer, { ours, theirs })],
  );
}

function outcomeOf(
  kind: string,
  peer: string,
  { ours, theirs }: { ours: Sample; theirs: Sample },
): Outcome {
  return {
    name: `memory-${kind}`,
    unit: `MB resident, highest after ${settledAtSecs} s`,
    better: 'less',
    peer,
    ours: [highest(ours)],
    theirs: [highest(theirs)],
    series: { ours: ours.series, theirs: theirs.series },
    config: {
      main: 'acme.bench.Blocked',
      words: kind,
      workers: 1,
      ackers: kind === 'acked' ? 1 : 0,
      maxSpoutPending: 'none',
      workerOptions: '-Xmx1536m -XX:+UseParallelGC -XX:+UseCondCardMark',
      seconds: ours.series.length,
      growthOursMegabytes: growth(ours),
      growthTheirsMegabytes: growth(theirs),
      workersLostOurs: ours.restarts,
      workersLostTheirs: theirs.restarts,
    },
  };
}

function measure(cluster: Cluster, kind: string, secs: number): Promise<Sample> {
  const topology = { main: 'acme.bench.Blocked', words: [kind], begun, warmUpMs: 0 };
  return runTopology(cluster, topology, async () => {
    const startMs = performance.now();
    const series: [number, number][] = [];
    const seen = new Set<number>();
    for (let second = 1; second <= secs; second++) {
      await sleep(startMs + 1000 * second - performance.now());
      const pids = await cluster.workerPids();
      for (const pid of pids) seen.add(pid);
      // a worker that ends just now has no memory any more
      series.push([second, await residentMegabytes(pids).catch(() => 0)]);
    }
    return { series, restarts: Math.max(0, seen.size - 1) };
  });
}

function begun(rows: MeterRows): boolean {
  return totalOf(rows) > 0;
}

function highest({ series }: Sample): number {
  return Math.max(...afterSettling(series));
}

/** From the tenth second to the last; whole megabytes. */
function growth({ series }: Sample): number {
  const values = afterSettling(series);
  return Math.round((values.at(-1) ?? 0) - (values[0] ?? 0));
}

function afterSettling(series: Series): readonly number[] {
  return series.filter(([second]) => second >= settledAtSecs).map(([, megabytes]) => megabytes);
}
