/**
 * Every type that crosses to another runtime on the control connection (docs/wire-protocol.md):
 * one JSON object a line, UTF-8. Absent is null and every field is present.
 */
export const wireVersion = 4;

/** Written by control to `assignment.json` before the worker is spawned; paths are absolute. */
export interface WorkerAssignment {
  readonly wireVersion: number;
  /** Names this one process for ever; 16 hexadecimal digits. */
  readonly token: string;
  readonly stormId: string;
  readonly topologyName: string;
  readonly generation: string;
  /** Fencing epoch of the control plane that wrote this; the worker refuses lower ones. */
  readonly epoch: number;
  readonly workerIndex: number;
  readonly port: number;
  /** Increases with every spawn of a worker of this topology; 1..65535, then wraps. */
  readonly incarnation: number;
  readonly controlSocket: string;
  /** Peers listen on `<dataSocketPrefix><workerIndex>.sock`. */
  readonly dataSocketPrefix: string;
  readonly planFile: string;
  /** StormTopology, Thrift binary, normalised. */
  readonly topologyFile: string;
  /** The same with the components and streams that Storm adds. */
  readonly systemTopologyFile: string;
  /** The full topology configuration as one JSON object (defaults, storm.yaml, topology). */
  readonly configFile: string;
  /** One JSON object of strings; no file for a topology that was given none. */
  readonly credentialsFile: string;
  /** Storm's `codeDir`: the unpacked resources/ of the jar. */
  readonly codeDir: string;
  /** The program of the native components, with its dependencies; no file without such. */
  readonly programFile: string;
  readonly pidDir: string;
  readonly logFile: string;
  /** Storm's libraries, then the topology jar; on the process's own class path, which the host checks. */
  readonly classPath: readonly string[];
  /** The generation's bridge jar; before Storm's libraries on the class path. */
  readonly bridgePath: readonly string[];
  /** The worker ends itself after this long without a control plane, in seconds. */
  readonly leaseSecs: number;
  /** Status to begin with; INACTIVE components are not even prepared. */
  readonly active: boolean;
}

/** Worker to control. */
export type WorkerFrame =
  | {
      readonly type: 'hello';
      readonly wireVersion: number;
      readonly token: string;
      readonly stormId: string;
      readonly workerIndex: number;
      readonly pid: number;
      /** Highest epoch this worker has obeyed. */
      readonly epoch: number;
      readonly state: 'starting' | 'running';
    }
  /** Every executor's components are loaded; user code runs from here on. */
  | { readonly type: 'running' }
  /** Answers a ping. */
  | { readonly type: 'pong' }
  | { readonly type: 'stats'; readonly executors: readonly ExecutorStats[] }
  /** How far a task is that reads a partitioned source; in place of what it told before. */
  | {
      readonly type: 'lag';
      readonly component: string;
      readonly task: number;
      readonly timeMs: number;
      readonly partitions: readonly PartitionProgress[];
    }
  /** A task's subprocess ended; another takes its place. */
  | { readonly type: 'subprocess-ended'; readonly component: string; readonly task: number }
  | {
      readonly type: 'error';
      readonly component: string;
      readonly task: number | null;
      readonly timeMs: number;
      /** Throwable with its stack, as Storm stores it. */
      readonly message: string;
    }
  /** User code of this task does not give the thread of the worker's executors back. */
  | { readonly type: 'stuck'; readonly component: string; readonly task: number }
  | { readonly type: 'peek-started'; readonly id: number }
  | {
      readonly type: 'peek-tuples';
      readonly id: number;
      readonly tuples: readonly {
        readonly task: number;
        readonly stream: string;
        readonly timeMs: number;
        readonly values: readonly unknown[];
      }[];
      /** Left out since the last frame of this id. */
      readonly missed: number;
    }
  /** Asks for one request of a DRPC function; it is answered when there is one. */
  | { readonly type: 'drpc-fetch'; readonly function: string }
  /** A piece of a request's result; `more` says that it is not the last. */
  | {
      readonly type: 'drpc-result';
      readonly id: string;
      readonly result: string;
      readonly more: boolean;
    }
  /** null: no reason is known. */
  | { readonly type: 'drpc-fail'; readonly id: string; readonly reason: string | null }
  /** Takes back every `drpc-fetch` of the function, over this connection, that is not answered. */
  | { readonly type: 'drpc-withdraw'; readonly function: string }
  /** A piece of the arguments of a request that was fetched and nobody worked on: others may have it. */
  | {
      readonly type: 'drpc-return';
      readonly id: string;
      readonly args: string;
      readonly more: boolean;
    }
  /** A piece of the answer to `profile-start`: a list of `SeenStack` as JSON. `more` says that it is not the last. */
  | { readonly type: 'profile'; readonly text: string; readonly more: boolean }
  /** The other answer. */
  | { readonly type: 'profile-failed'; readonly reason: string }
  /** Last words before the process ends. */
  | { readonly type: 'exiting'; readonly reason: string };

/** One partition of a source. */
export interface PartitionProgress {
  /** Empty where the task does not say it. */
  readonly topic: string;
  readonly partition: number;
  /** Messages that are written and not done with. */
  readonly lag: number;
  /** The offset that the next message to be written will get. */
  readonly endOffset: number;
  /** Everything in front of it is done. */
  readonly doneOffset: number;
}

/** Cumulative counts of one executor since this worker started. */
export interface ExecutorStats {
  readonly component: string;
  readonly firstTask: number;
  readonly lastTask: number;
  readonly uptimeMs: number;
  readonly emitted: readonly StreamCount[];
  readonly transferred: readonly StreamCount[];
  /** Spouts: source is the spout itself and `totalMs` is complete latency. */
  readonly acked: readonly InputStreamCount[];
  readonly failed: readonly InputStreamCount[];
  readonly executed: readonly InputStreamCount[];
  /** null for bolts. */
  readonly timedOut: TimedOutTrees | null;
  /** Of the latencies behind `totalMs` of `executed`. */
  readonly executeLatency: LatencyHistogram;
  /** The same of `acked`. */
  readonly ackLatency: LatencyHistogram;
  /** From an input's arrival in this process until it is taken; nothing of spouts. */
  readonly queueLatency: LatencyHistogram;
  /** Milliseconds in which the executor's thread did not wait for anything. */
  readonly busyMs: number;
  /** Milliseconds in which something that it emitted found no room, or too many trees were pending. */
  readonly backpressuredMs: number;
  /** null until its components were opened. */
  readonly queue: QueueStats | null;
}

/** By pairs of numbers: a bucket of latency-buckets.ts, and how many are in it; by bucket, no empty ones. */
export type LatencyHistogram = readonly number[];

/** Input that waits: of a bolt tuples, of a spout acks and fails. */
export interface QueueStats {
  readonly tuples: number;
  readonly tuplesMax: number;
  /** Of what waits and is large, by estimate; null where it is not measured. */
  readonly bytes: number | null;
}

/** Tuple trees of a spout that took too long. */
export interface TimedOutTrees {
  readonly trees: number;
  /** How many of them were followed to their end: all of a quiet spout, some of a busy one. */
  readonly followed: number;
  /** Tuples of the followed ones that these components had not acked. */
  readonly holders: readonly { readonly component: string; readonly tuples: number }[];
}

export interface StreamCount {
  readonly stream: string;
  readonly count: number;
}

export interface InputStreamCount {
  readonly source: string;
  readonly stream: string;
  readonly count: number;
  /** Sum of the latency over `sampled` tuples, in milliseconds. */
  readonly totalMs: number;
  readonly sampled: number;
}

/** What a thread was seen to do, callers first, and how often. */
export interface SeenStack {
  readonly stack: readonly string[];
  readonly seen: number;
}

/** Control to worker. */
export type ControlFrame =
  /** Answers `hello`; a worker that knows a higher epoch hangs up instead of obeying. */
  | { readonly type: 'welcome'; readonly epoch: number }
  /** The worker is not wanted: another took its slot, or its topology is gone. It ends at once. */
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'activate' }
  | { readonly type: 'deactivate' }
  /** `credentialsFile` may have been replaced; components hear of it if it says something new. */
  | { readonly type: 'credentials' }
  /**
   * The whole of what loggers were given; those that are not named any more go back to what they
   * were. Sent after every welcome and every change.
   */
  | {
      readonly type: 'log-levels';
      readonly levels: readonly {
        /** `ROOT`, or a name as in Java. */
        readonly logger: string;
        /** ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL or OFF. */
        readonly level: string;
        /** When it goes back by itself, in milliseconds since 1970; null: never. */
        readonly untilMs: number | null;
      }[];
    }
  /** Asks a running worker that was silent for a sign of life: a pong. */
  | { readonly type: 'ping' }
  /** Close spouts, clean up bolts, exit 0; killed after a grace of 5 s. */
  | { readonly type: 'stop'; readonly reason: string }
  | {
      readonly type: 'peek-start';
      readonly id: number;
      readonly component: string;
      readonly stream: string | null;
      /** true: buffer instead of thinning, count what did not fit. */
      readonly all: boolean;
    }
  | { readonly type: 'peek-stop'; readonly id: number }
  /** Asks a native worker where its executors' thread spends its time, for so long. */
  | { readonly type: 'profile-start'; readonly ms: number }
  /** Where requests for which a worker sends `drpc-fetch` can be had over Thrift. */
  | { readonly type: 'drpc'; readonly host: string; readonly port: number }
  /** Answers one `drpc-fetch` of the function: a piece of the arguments of a request. */
  | {
      readonly type: 'drpc-request';
      readonly function: string;
      readonly id: string;
      readonly args: string;
      readonly more: boolean;
    }
  /** Answers one `drpc-fetch` of the function, which is not the topology's to serve. */
  | { readonly type: 'drpc-refused'; readonly function: string; readonly reason: string };

/** Written by control for `inspect`; answered by a file of `InspectionReport`. */
export interface InspectionRequest {
  readonly wireVersion: number;
  readonly generation: string;
  readonly topologyFile: string;
  readonly classPath: readonly string[];
  readonly bridgePath: readonly string[];
  /** As in `WorkerAssignment`. */
  readonly programFile: string;
  /** Classes that a component which starts a subprocess in Java needs beside its own. */
  readonly shellClasses: readonly string[];
  /** Classes that every task in Java needs beside its component's. */
  readonly hookClasses: readonly string[];
  readonly reportFile: string;
}

export interface InspectionReport {
  readonly components: readonly InspectedComponent[];
  /** Those of `hookClasses` that are not there. */
  readonly missingHookClasses: readonly string[];
}

/** What loading one component in a process of its own found out; no user method is called. */
export interface InspectedComponent {
  readonly id: string;
  /** Name of the component's class; null when it did not load. */
  readonly className: string | null;
  /** Why it did not load, as one sentence with the class it misses; null when it did. */
  readonly problem: string | null;
  /** DRPC functions whose requests it fetches; of most components there are none. */
  readonly drpcFunctions: readonly string[];
  /** Program and arguments of the subprocess that is all there is to it; null for any other. */
  readonly shellCommand: readonly string[] | null;
  /** Ids under which it numbers its batches in ZooKeeper; of most components there are none. */
  readonly transactionalIds: readonly string[];
}
