import type { PrivateNetwork } from '../conformance-tests/harness/index.ts';

/** A running Storm, ours or a real one, as a comparison sees it. */
export interface Cluster {
  /** Runs a main of the jar as `storm jar` does. @throws Error with its output when it fails */
  submit(jar: string, main: string, ...words: readonly string[]): Promise<void>;
  /** Submits a topology in TypeScript; not every Storm can. */
  submitProgram?(file: string, name: string, ...words: readonly string[]): Promise<void>;
  /** Runs a main against the cluster with Storm's 0.9.7 client classes, and returns its output. */
  runClient(jar: string, main: string, ...words: readonly string[]): Promise<string>;
  /** Kills a topology without a wait and returns when it and its workers are gone. */
  killAndWait(topology: string): Promise<void>;
  /** What runs without any topology. */
  daemonPids(): Promise<readonly number[]>;
  workerPids(): Promise<readonly number[]>;
  /** The jar with the topologies of `acme.bench` in this Storm's own classes. */
  benchJar(): Promise<string>;
  /** The port for callers of DRPC functions, on the loopback address that `runClient` sees. */
  drpcPort(): Promise<number>;
  /** The network that its processes are in; left out where it is the machine's own. */
  readonly network?: PrivateNetwork;
  /** Ends all its processes, whatever state it is in; nothing starts after that. */
  stop(): Promise<void>;
}

/** All sides of a comparison, running at the same time on the same machine. */
export interface Sides {
  readonly ours: Cluster;
  /** Real Storms by version. */
  readonly peers: ReadonlyMap<string, Cluster>;
  /** A side could not be measured; the others go on. */
  onFailure(side: string, error: unknown): void;
}
