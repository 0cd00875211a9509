import { jars } from '../conformance-tests/harness/index.ts';
import type { Cluster } from './cluster.ts';
import { type Comparison, interleaved, outcomesOf, type Quantity } from './outcome.ts';

const topologyName = 'drpc';
const topologyMain = 'storm.starter.BasicDRPCTopology';
const callMain = 'acme.bench.DrpcCalls';
const manyCallers = 64;

/** What one turn measured. */
interface Sample {
  /** Of a single caller, in milliseconds, sorted. */
  readonly alone: readonly number[];
  readonly callsPerSecond: number;
}

/** Round trips through BasicDRPCTopology, called by Storm's own client. */
export const drpc: Comparison = {
  name: 'drpc',
  about: 'round trips of one caller, and calls a second of 64',
  minutes: { quick: 3, full: 8 },
  peers: ['0.10.2'],
  async run(sides, quick) {
    const times = quick ? { warmUpSecs: 12, windowSecs: 8 } : { warmUpSecs: 15, windowSecs: 20 };
    const samples = await interleaved(sides, quick ? 1 : 3, (cluster) => measure(cluster, times));
    const config = {
      topology: 'BasicDRPCTopology of storm-starter 0.9.4',
      ...{ client: 'DRPCClient 0.9.7', workers: 3, ...times },
    };
    const quantities: readonly Quantity<Sample>[] = [
      latency('drpc-p50', 0.5, config),
      latency('drpc-p99', 0.99, config),
      {
        ...{ name: 'drpc-throughput', unit: 'calls/s', better: 'more' },
        config: { ...config, callers: manyCallers },
        of: ({ callsPerSecond }) => callsPerSecond,
      },
    ];
    return quantities.flatMap((quantity) => outcomesOf(samples, quantity));
  },
};

function latency(name: string, share: number, config: Quantity<Sample>['config']) {
  return {
    ...({ name, unit: 'ms', better: 'less' } as const),
    config: { ...config, callers: 1 },
    of: ({ alone }: Sample) => alone[Math.ceil(share * alone.length) - 1] ?? Number.NaN,
  };
}

/** Of one measurement. */
interface Times {
  readonly warmUpSecs: number;
  readonly windowSecs: number;
}

async function measure(cluster: Cluster, times: Times): Promise<Sample> {
  const port = await cluster.drpcPort();
  await cluster.submit(jars.starter, topologyMain, topologyName);
  try {
    const alone = await callMs(cluster, port, 1, times);
    const crowd = await callMs(cluster, port, manyCallers, times);
    return { alone, callsPerSecond: crowd.length / times.windowSecs };
  } finally {
    await cluster.killAndWait(topologyName);
  }
}

/** Milliseconds of every call in the window, sorted. */
async function callMs(
  cluster: Cluster,
  port: number,
  callers: number,
  { warmUpSecs, windowSecs }: Times,
): Promise<readonly number[]> {
  const words = [port, 'exclamation', callers, warmUpSecs, windowSecs].map(String);
  const output = await cluster.runClient(jars.acme, callMain, ...words);
  const failure = /^drpc-failure .*$/m.exec(output);
  if (failure !== null) throw new Error(failure[0]);
  const lines = output.match(/^drpc-us( \d+)*$/gm) ?? [];
  const times = lines.flatMap((line) => line.split(' ').slice(1).map(Number));
  if (times.length === 0) throw new Error(`no calls in:\n${output}`);
  return times.map((micros) => micros / 1000).sort((a, b) => a - b);
}
