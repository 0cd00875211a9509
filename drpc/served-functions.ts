import type { DrpcSpout, ObservedTopology, StormId } from '../storm-api/index.ts';
import { DrpcError } from './errors.ts';

const nativeSpout = 'gearstorm.drpcSpout';
/** Spouts of Storm's own that do nothing but fetch requests of one function. */
const plainFetchers: ReadonlySet<string> = new Set([
  'backtype.storm.drpc.DRPCSpout',
  'storm.trident.spout.RichSpoutBatchTriggerer',
  nativeSpout, // of a native worker: it does not come as a client at all
]);
const maxBufferKey = 'drpc.max_buffer_size';
/** What the answer to a fetch holds beside the arguments; a little less. */
const fetchOverheadBytes = 200;
const namesToldMax = 20;
const nameLengthMax = 100;

/** Which topologies serve which functions, and whether they do at present. */
export class ServedFunctions {
  readonly #acceptsUnknown: boolean;
  readonly #topologies = new Map<StormId, ObservedTopology>();

  constructor(acceptsUnknown: boolean) {
    this.#acceptsUnknown = acceptsUnknown;
  }

  put(topology: ObservedTopology): void {
    if (topology.drpcSpouts.length > 0) this.#topologies.set(topology.id, topology);
  }

  /** @returns the functions that the topology served. */
  remove(id: StormId): readonly string[] {
    const functions = this.functionsOf(id);
    this.#topologies.delete(id);
    return functions;
  }

  functionsOf(id: StormId): readonly string[] {
    return this.#topologies.get(id)?.drpcSpouts.flatMap(({ functions }) => functions) ?? [];
  }

  names(): readonly string[] {
    return [...this.#topologies.keys()].flatMap((id) => this.functionsOf(id));
  }

  topologyNames(name: string): readonly string[] {
    return this.#serving(name).map((topology) => topology.name);
  }

  servedBy(name: string): readonly StormId[] {
    return this.#serving(name).map(({ id }) => id);
  }

  isActive(id: StormId): boolean {
    return this.#topologies.get(id)?.status === 'ACTIVE';
  }

  /**
   * Why a request for the function cannot be answered; null when it can, now or, while workers
   * start or are being replaced, soon.
   */
  refusal(name: string): DrpcError | null {
    const topologies = this.#serving(name);
    const [first] = topologies;
    if (first === undefined) return this.#acceptsUnknown ? null : this.#unknown(name);
    if (topologies.some(isOrWillBeServing)) return null;
    const state = first.status === 'KILLED' ? 'was killed' : 'is not active';
    return new DrpcError(
      'failed',
      `the topology ${first.name}, which serves the function ${quoted(name)}, ${state}`,
    );
  }

  /** Why no spout of the function could read the arguments; null when one can. */
  refusalOf(name: string, args: string): DrpcError | null {
    const longest = Math.max(...this.#serving(name).map((each) => argumentBytesMax(each, name)));
    if (3 * args.length <= longest || !Number.isFinite(longest)) return null;
    const bytes = Buffer.byteLength(args);
    if (bytes <= longest) return null;
    const told = `the arguments are ${bytes} bytes long; the spout of ${quoted(name)} reads ${longest} at most`;
    return new DrpcError('failed', `${told} (${maxBufferKey} of its topology)`);
  }

  /**
   * Whether an empty answer to a fetch may be held back: only when nothing else waits for the thread
   * that fetches, neither another server, nor another function, nor code that we do not know.
   */
  mayKeepWaiting(name: string): boolean {
    const topologies = this.#serving(name);
    return topologies.length > 0 && topologies.every((each) => fetchesOnlyHere(each, name));
  }

  #serving(name: string): readonly ObservedTopology[] {
    return [...this.#topologies.values()].filter(({ drpcSpouts }) =>
      drpcSpouts.some(({ functions }) => functions.includes(name)),
    );
  }

  #unknown(name: string): DrpcError {
    const names = [...new Set(this.names())].sort();
    const told = names.slice(0, namesToldMax).map(quoted).join(', ');
    const more = names.length > namesToldMax ? ` and ${names.length - namesToldMax} more` : '';
    const list = names.length === 0 ? 'none is served at all' : `those served are ${told}${more}`;
    return new DrpcError(
      'unknown-function',
      `no topology serves the function ${quoted(name)}; ${list}`,
    );
  }
}

/** From 0.10 on Storm's client, which the spout fetches with, has a limit for what it reads. */
function argumentBytesMax(
  { generation, config, drpcSpouts }: ObservedTopology,
  name: string,
): number {
  const spouts = drpcSpouts.filter(({ functions }) => functions.includes(name));
  const isClient = spouts.every(({ className }) => className !== nativeSpout);
  const limit = Number(config.get(maxBufferKey) ?? Number.NaN);
  if (generation === 'storm-0.9' || !isClient || !(limit > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(0, limit - fetchOverheadBytes);
}

function isOrWillBeServing({ status }: ObservedTopology): boolean {
  return status === 'ACTIVE' || status === 'REBALANCING';
}

function fetchesOnlyHere({ status, config, drpcSpouts }: ObservedTopology, name: string): boolean {
  const servers = config.get('drpc.servers');
  const spouts = drpcSpouts.filter(({ functions }) => functions.includes(name));
  return (
    status === 'ACTIVE' &&
    Array.isArray(servers) &&
    servers.length === 1 &&
    spouts.every(servesOnlyOne)
  );
}

function servesOnlyOne({ className, functions }: DrpcSpout): boolean {
  return functions.length === 1 && plainFetchers.has(className);
}

/** The names come from callers. */
function quoted(name: string): string {
  return JSON.stringify(name.slice(0, nameLengthMax));
}
