/** One rule of Storm's behaviour, in our words. */
export interface Clause {
  readonly id: string;
  readonly rule: string;
}

/** Rules that belong together, in the order of the table. */
export interface ClauseGroup {
  readonly title: string;
  readonly clauses: readonly Clause[];
}

/** What topologies and clients of Storm 0.9 and 0.10 can rely on. Rules of later Storms are left out. */
export const clauseGroups: readonly ClauseGroup[] = [
  group('Submission and Nimbus', {
    'topology-name':
      'A name that is blank or has one of `/ . : \\` in it is an InvalidTopologyException.',
    'name-taken': 'Submitting under the name of a topology that lives is an AlreadyAliveException.',
    'not-alive': 'Commands to a topology that does not live are a NotAliveException.',
    'storm-id':
      'A topology gets the id NAME-NUMBER-SECONDS; its configuration holds `storm.id` and `topology.name`.',
    'conf-json':
      'The configuration travels as JSON: behind it every integer is a Long and every decimal a Double. What a topology does not set comes from YAML: there an integer that fits is an Integer.',
    submitter: 'From 0.10 on the configuration says who submitted, whatever the client claims.',
    'conf-layers':
      'Defaults, then storm.yaml, then the topology; a worker has its own defaults below that.',
    'conf-immutable': 'The configuration that components get cannot be changed.',
    'kryo-union':
      'Kryo registrations and decorators of all components are united with those of the topology, which wins.',
    'component-conf':
      "A component sees the topology's configuration under its own; of the keys that Storm knows only a few may be its own, keys of the user always.",
    'task-count':
      'A component has topology.tasks tasks, else as many as its hint, else one, and no more than topology.max.task.parallelism.',
    validation:
      'Ids that begin with `__`, double ids, spouts with inputs, unknown sources and fields are refused.',
    'initial-inactive':
      'A topology that starts INACTIVE opens and prepares nothing until it is activated.',
    kill: 'A kill stops the spouts at once and removes the topology after the wait, by default the message timeout.',
    rebalance:
      'A rebalance stops the spouts, waits, and runs the same tasks on other executors and workers.',
    'more-slots':
      'A topology that runs on fewer workers than it wants is placed anew when slots are free.',
    'get-topology':
      'getTopology has the system components, getUserTopology is what was submitted; both take the id.',
    'client-calls':
      'The clients of both generations find every method, field and exception they use.',
  }),
  group('System topology and tasks', {
    'system-components':
      '`__acker`, one `__metrics` bolt for each consumer and `__system` are added to every topology.',
    'task-ids':
      'Tasks are numbered from 1 by component id in the order of their bytes, `__acker` among them.',
    'system-streams': 'Every component declares the system streams that Storm gives it.',
    'context-topology':
      'The context shows the topology as the user built it; tasks of system components are known by number.',
    'context-places':
      "The context names the code directory, the directory for pids, the worker's port and its tasks.",
    'context-data':
      'Tasks have data of their own, tasks of one executor share some, and all of a worker share an executor service.',
    'context-json': 'The context as JSON has what shell components need.',
    'max-timeout': 'maxTopologyMessageTimeout is the greatest of the topology and its components.',
  }),
  group('Emit and groupings', {
    'emit-returns':
      'emit returns the tasks chosen, subscriber after subscriber, none when nobody listens.',
    'emit-list': 'The list that emit returns belongs to the caller and can be changed.',
    'grouper-per-subscriber':
      'Each subscription of each executor chooses for itself, also when several listen to one stream.',
    'undeclared-stream': 'An emit on a stream that was not declared goes nowhere and is no error.',
    arity: 'A tuple with the wrong number of values is an IllegalArgumentException in emit.',
    'zero-tasks': 'A subscriber without tasks is passed over.',
    'fields-hash':
      'Fields grouping takes the hash of the values in the order of the grouping: of the list in 0.9, deep in 0.10.',
    global: 'Global grouping takes the lowest task, and so does fields grouping without fields.',
    shuffle: 'Shuffle gives every task one tuple in each round.',
    'local-or-shuffle': 'Local-or-shuffle keeps to tasks of the same worker when there are any.',
    none: 'None takes a task by chance.',
    all: 'All takes every task and returns all.',
    'custom-grouping':
      'A custom grouping, serialized or named by class, is prepared once with its sorted tasks and may choose several or none.',
    'custom-foreign': 'A custom grouping may choose tasks of other components.',
    'direct-emit':
      'A plain emit to a direct subscriber and a direct emit to another kind are IllegalArgumentExceptions.',
    'direct-unsubscribed': 'A direct emit to a task that does not subscribe goes nowhere.',
    'tuple-source': 'A tuple names its source component, task, stream and fields.',
    'tuple-identity': 'A tuple is equal to itself only.',
    'local-identity': 'Within a worker the receiver gets the very objects that were emitted.',
    order: 'From one task to another tuples keep their order.',
  }),
  group('Spouts', {
    'one-thread': 'All calls of the tasks of an executor come on one thread.',
    'tasks-in-turn': 'The tasks of an executor are called in turn.',
    'activate-first': 'activate comes after open and before the first nextTuple.',
    'deactivate-once':
      'deactivate comes once; acks and fails still arrive while a spout is inactive.',
    'max-pending': 'nextTuple waits while as many tuples are pending as max.spout.pending allows.',
    'emit-never-blocks': 'emit neither blocks nor drops, however slow the receivers.',
    'no-id': 'Of a tuple without a message id the spout hears nothing.',
    'no-ackers': 'Without ackers, ack is called inside emit.',
    'nobody-listens': 'A tuple with an id that goes nowhere is acked.',
    'ack-between-calls': 'With ackers, ack and fail come between calls of nextTuple, never inside.',
    timeout:
      'A tree that nobody finishes fails after one to two message timeouts; what comes later counts nothing.',
    'timeouts-off': 'With message timeouts switched off nothing fails by time.',
    'fail-alone': 'fail replays nothing and stops nothing else.',
    'wait-strategy':
      "After a round without emit the wait strategy is asked, the user's own if there is one.",
    'no-ticks-to-spouts': 'Spouts see no tick tuples.',
  }),
  group('Bolts and acking', {
    'bolt-threads': 'execute has its own thread; a bolt may emit and ack from other threads.',
    anchoring: 'An anchored tuple belongs to every tree of its anchors, an unanchored one to none.',
    'multi-anchor': 'A tuple of several trees holds all of them until it is acked, and fails all.',
    'double-ack':
      'Storm does not guard against a second ack: a tree with children is spoiled by it and times out.',
    'late-results': 'What comes after the end of a tree changes nothing.',
    'basic-bolts':
      "A basic bolt's emits are anchored and its input acked; FailedException fails it, the reported kind is also shown.",
    ticks:
      'Each task of a component with a tick frequency gets ticks from `__system`, with the number as configured.',
    'hook-calls':
      'Hooks of the configuration and of the component hear of emits, executes, acks and fails.',
    'hook-cleanup': 'Hooks are cleaned up at the end.',
    'metric-registration':
      'Metrics are registered during open and prepare only, once under each name, with an interval of at least a second.',
    'builtin-metrics': 'Every task has the built-in counts and latencies of Storm.',
    'metrics-consumers':
      'Consumers are components that get all data points with the task they come from.',
    'report-error':
      'reportError is shown, at most so often an interval, and neither fails a tuple nor stops a task.',
    'uncaught-exception':
      'What user code throws is shown, and ends its worker, which starts again.',
    interrupted:
      'An InterruptedException of user code ends its executor in silence, and nothing else; of an interrupted read the error is shown.',
    'debug-log': 'With topology.debug every emit and every tuple received is logged.',
    shutdown: 'close and cleanup are called at the end, if open and prepare were.',
    credentials: 'Credentials reach listeners before open, and again when they change.',
  }),
  group('Between workers', {
    kryo: "Values cross as Kryo, with Storm's registrations, then those of the configuration, then decorators.",
    'java-fallback':
      'Classes without a registration cross as Java serialization, unless the configuration forbids it.',
    'stream-numbers': 'A stream is sent as its number among the sorted streams of its component.',
    unserializable: 'A value that cannot be serialized ends the worker that sends it.',
  }),
  group('Subprocesses', {
    'shell-component':
      'A component that is a command, or a Java class that names one, is a subprocess for each task, in the folder of resources.',
    'shell-handshake':
      'A subprocess is told the configuration, the context and the directory for pids, and answers with its process id.',
    'shell-framing':
      'A message is one JSON value and a line `end`; a line may end with a carriage return too.',
    'shell-values':
      'Numbers keep their digits, and whole numbers are told from decimals, in both directions.',
    'shell-emit':
      'An emit is answered with the tasks that get it unless it is direct or wants none; anchors are one id, several or none.',
    'shell-bad-message':
      'A subprocess that says what is no message, or cannot be, ends with its reason shown.',
    'shell-end': 'A subprocess that ends loses its tuples, and the task goes on with another one.',
    'shell-silence':
      'A bolt that gives no sign of life, or a spout that gives no answer, for the timeout is replaced; whatever it says is a sign.',
    'shell-spout':
      'A spout is asked for a tuple, and told what became of it, and answers each with `sync`.',
    'shell-talk':
      'Log messages have levels, errors and the highest level of a bolt are shown, stderr goes to the log.',
    'shell-metrics': 'The command `metrics` changes a metric that is registered under its name.',
    'shell-ticks': 'Ticks reach a subprocess as tuples of the system.',
    'shell-serializer': 'The serializer class of the configuration says how messages look.',
    'shell-libraries':
      'The libraries that Storm and others publish run as they are, in Python, Ruby and JavaScript.',
  }),
  group('DRPC, Trident and transactional topologies', {
    'drpc-request':
      'A DRPCSpout emits the arguments and, as JSON, where the result is to go; ReturnResults brings it there, to each caller his own.',
    'drpc-failure': 'A request whose tuple fails is a DRPCExecutionException for its caller.',
    'drpc-servers':
      'A DRPCSpout fetches from the servers that `drpc.servers` names, also from those of others.',
    coordination:
      'A CoordinatedBolt finishes a request once it has acked as many tuples of it as the tasks before it say they sent.',
    'trident-operations':
      'What Trident computes from its kinds of sources by its operations, states and queries is what it computes on Storm.',
    'trident-commit':
      'A batch is committed when its tree is complete, one after the other; only then its source hears of its success.',
    'trident-retry':
      'A batch that fails is tried again, with the next number of attempt and what its source said of it.',
    'trident-parts': 'Each part of a source goes on where its last batch ended.',
    'trident-exact':
      'What a state counts is exact though workers die: of transactional sources, and of opaque ones for keys that every attempt has.',
    'trident-queries': 'DRPC streams query a state while it changes.',
    'transactional-order':
      'A committer finishes its batches in order, each once, though workers die.',
    'transactional-place':
      'Where a stream of batches is, is kept in ZooKeeper under its id: a new coordinator goes on there.',
  }),
  group('Where other engines broke', {
    'second-topology': 'A topology may be submitted before the one before it is active.',
    'error-alone': 'reportError and fail leave the rest of the topology running.',
    'java-object': 'Components named by class and arguments run, and shell components too.',
    'worker-returns': 'A worker that comes back on the same slot goes on with the others.',
  }),
];

function group(title: string, rules: Readonly<Record<string, string>>): ClauseGroup {
  return { title, clauses: Object.entries(rules).map(([id, rule]) => ({ id, rule })) };
}
