/**
 * What Storm's answers hold, for the description that we serve and for writing them quickly. Keys
 * that are not named here are written as they are: no answer loses one by its schema.
 */
type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const whole = { type: 'integer' };
const amount = { type: 'number' };
const flag = { type: 'boolean' };
/** Storm's fractions: text with three decimals. */
const fraction = { type: 'string', description: 'A number with three decimals' };
const orNull = (schema: Schema) => ({ ...schema, nullable: true });
const anything = { type: 'object', additionalProperties: true };
const listOf = (items: Schema) => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, Schema>>) => ({
  type: 'object',
  properties,
  additionalProperties: true,
});

/** The part of a route's schema that tells its answer. */
const answering = (schema: Schema) => ({ response: { 200: schema } });

/** Megabytes, and per cent of a processor; known from Storm 1.0 on. */
const requested = { requestedMemOnHeap: amount, requestedMemOffHeap: amount, requestedCpu: amount };
const assigned = { assignedMemOnHeap: amount, assignedMemOffHeap: amount, assignedCpu: amount };
const capacity = { totalMem: amount, totalCpu: amount, availMem: amount, availCpu: amount };

const topologyFacts = {
  id: text,
  encodedId: text,
  name: text,
  status: { ...text, description: 'ACTIVE, INACTIVE, KILLED or REBALANCING' },
  uptime: text,
  uptimeSeconds: whole,
  tasksTotal: whole,
  workersTotal: whole,
  executorsTotal: whole,
  owner: text,
  replicationCount: whole,
  schedulerInfo: orNull(text),
  ...requested,
  requestedTotalMem: amount,
  ...assigned,
  assignedTotalMem: amount,
};

/** Known from Storm 1.0 on. */
const debugging = { debug: flag, samplingPct: { type: 'number' } };

const sent = { emitted: orNull(whole), transferred: orNull(whole) };
const settled = { acked: orNull(whole), failed: orNull(whole) };
const executed = {
  executeLatency: fraction,
  executed: orNull(whole),
  processLatency: fraction,
};
const inWindow = { window: text, windowPretty: text };
const lastError = {
  errorHost: text,
  errorWorkerLogLink: text,
  errorLapsedSecs: orNull(whole),
  lastError: text,
};
const sized = { executors: whole, tasks: whole };
const spoutRow = object({
  ...{ spoutId: text, encodedSpoutId: text, ...sized, ...sent, ...settled, ...lastError },
  ...requested,
  completeLatency: fraction,
});
const boltRow = object({
  ...{ boltId: text, encodedBoltId: text, ...sized, ...sent, ...settled, ...lastError },
  ...requested,
  ...executed,
  capacity: fraction,
});
const treeRow = object({ ...inWindow, ...sent, ...settled, completeLatency: fraction });
const workerRow = object({
  supervisorId: text,
  ...{ host: text, port: whole, topologyId: text, topologyName: text, executorsTotal: whole },
  ...{ componentNumTasks: anything, uptime: text, uptimeSeconds: whole, workerLogLink: text },
  owner: text,
  ...assigned,
});
const streamRow = object({ stream: text, ...sent });

export const configurationAnswer = answering(anything);

export const clusterAnswer = answering(
  object({
    ...{ stormVersion: text, nimbusUptime: text, supervisors: whole, topologies: whole },
    ...{ slotsTotal: whole, slotsUsed: whole, slotsFree: whole },
    ...{ executorsTotal: whole, tasksTotal: whole, schedulerDisplayResource: flag },
    ...{ ...capacity, memAssignedPercentUtil: fraction, cpuAssignedPercentUtil: fraction },
    ...{ fragmentedMem: amount, fragmentedCpu: amount },
  }),
);

export const nimbusAnswer = answering(
  object({
    nimbuses: listOf(
      object({
        ...{ host: text, port: whole, status: text, version: text },
        ...{ nimbusUpTime: text, nimbusUpTimeSeconds: text, nimbusLogLink: text },
      }),
    ),
  }),
);

export const supervisorAnswer = answering(
  object({
    supervisors: listOf(
      object({
        ...{ id: text, host: text, uptime: text, uptimeSeconds: whole, version: text },
        ...{ slotsTotal: whole, slotsUsed: whole, slotsFree: whole, logLink: text },
        ...{ ...capacity, usedMem: amount, usedCpu: amount },
      }),
    ),
    workers: listOf(workerRow),
    logviewerPort: whole,
  }),
);

export const topologiesAnswer = answering(
  object({ topologies: listOf(object(topologyFacts)), schedulerDisplayResource: flag }),
);

export const historyAnswer = answering(object({ 'topo-history': listOf(text) }));

const ownerFacts = {
  ...{ owner: text, totalTopologies: whole, totalTasks: whole },
  ...{ totalExecutors: whole, totalWorkers: whole },
  ...{ totalMemoryUsage: amount, totalCpuUsage: amount },
  ...{ totalReqOnHeapMem: amount, totalReqOffHeapMem: amount },
  ...{ totalReqMem: amount, totalReqCpu: amount },
  ...{ totalAssignedOnHeapMem: amount, totalAssignedOffHeapMem: amount },
};

export const ownersAnswer = answering(object({ owners: listOf(object(ownerFacts)) }));

export const ownerAnswer = answering(
  object({
    ...ownerFacts,
    topologies: listOf(object(topologyFacts)),
    schedulerDisplayResource: flag,
  }),
);

export const topologyAnswer = answering(
  object({
    ...{ ...topologyFacts, ...debugging },
    ...{ window: text, windowHint: text, configuration: anything },
    topologyStats: listOf(treeRow),
    spouts: listOf(spoutRow),
    bolts: listOf(boltRow),
    workers: listOf(workerRow),
  }),
);

export const componentAnswer = answering(
  object({
    ...{ id: text, encodedId: text, name: text, ...sized },
    ...{ topologyId: text, encodedTopologyId: text, topologyStatus: text },
    ...{ componentType: text, window: text, windowHint: text, ...debugging },
    ...{ eventLogLink: orNull(text), profilingAndDebuggingCapable: flag },
    ...{ profileActionEnabled: flag, profilerActive: listOf(anything) },
    spoutSummary: listOf(treeRow),
    boltStats: listOf(object({ ...inWindow, ...sent, ...settled, ...executed })),
    inputStats: listOf(object({ component: text, stream: text, ...settled, ...executed })),
    outputStats: listOf(streamRow),
    executorStats: listOf(
      object({ id: text, encodedId: text, uptime: text, host: text, port: whole, ...sent }),
    ),
    componentErrors: listOf(
      object({ errorHost: text, errorPort: whole, errorLapsedSecs: whole, error: text }),
    ),
  }),
);

export const visualizationAnswer = answering(anything);
export const streamBoxesAnswer = answering(object({ visualizationTable: listOf(anything) }));
export const lagAnswer = answering(anything);
export const metricsAnswer = answering(
  object({ window: text, 'window-hint': text, spouts: listOf(anything), bolts: listOf(anything) }),
);

export const workersAnswer = answering(
  object({ hostPortList: listOf(workerRow), logviewerPort: whole }),
);

export const actionAnswer = answering(
  object({ topologyOperation: text, topologyId: text, status: text }),
);

export const dumpAnswer = answering(
  object({ id: text, status: text, dumplink: text, timeout: text }),
);

export const threadsAnswer = answering(
  object({ id: text, status: text, threads: text, dumplink: text }),
);

export const restartAnswer = answering(object({ id: text, status: text }));

export const logConfigAnswer = answering(
  object({
    namedLoggerLevels: {
      type: 'object',
      additionalProperties: object({
        ...{ target_level: text, reset_level: orNull(text), timeout: whole, timeout_epoch: whole },
      }),
    },
  }),
);
