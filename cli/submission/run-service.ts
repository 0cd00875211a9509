import type { RunListener } from '../../dashboard/index.ts';
import {
  AlreadyAliveError,
  acceptedTopologies,
  InvalidStateError,
  type StormConf,
  type StormId,
  type SubmitRequest,
  stormId,
  type Topology,
  type TopologyService,
} from '../../storm-api/index.ts';
import { translate } from '../../translator/index.ts';

/** Everything is the real service's, but what is submitted is told to the run. */
export function passOn(service: TopologyService, listener: RunListener): TopologyService {
  return {
    ...reading(service),
    kill: (name, waitSecs) => service.kill(name, waitSecs),
    activate: (name) => service.activate(name),
    deactivate: (name) => service.deactivate(name),
    rebalance: (name, request) => service.rebalance(name, request),
    uploadCredentials: (name, credentials) => service.uploadCredentials(name, credentials),
    changeLogLevels: (name, changes) => service.changeLogLevels(name, changes),
    changeDebugging: (name, options) => service.changeDebugging(name, options),
    submit: async (request) => {
      const id = await service.submit(request);
      listener.onStarted(id, request.topology.name);
      return id;
    },
  };
}

/**
 * Nothing is changed: what is submitted is checked and kept.
 * @param configOf the cluster's configuration for a topology
 */
export function keepBack(
  service: TopologyService,
  configOf: (topology: Topology) => StormConf,
  listener: RunListener,
): TopologyService {
  const names = new Set<string>();
  const refuse = async () => {
    throw new InvalidStateError('this is a preview: nothing is changed');
  };
  return {
    ...reading(service),
    ...{ kill: refuse, activate: refuse, deactivate: refuse },
    ...{ rebalance: refuse, uploadCredentials: refuse, changeLogLevels: refuse },
    changeDebugging: refuse,
    submit: async (request) => {
      const { name } = request.topology;
      const accepted = acceptedTopologies(service.cluster());
      const isTaken = accepted.some((topology) => topology.name === name);
      if (isTaken || names.has(name)) {
        throw new AlreadyAliveError(`a topology named ${name} is there already`);
      }
      const { id, sizes } = lookedAt(request, configOf(request.topology));
      names.add(name);
      listener.onPreview(request, sizes);
      return id;
    },
  };
}

/** The plan that it would get with as many slots as it wants. @throws InvalidTopologyError */
function lookedAt({ topology }: SubmitRequest, config: StormConf) {
  const id: StormId = stormId(`${topology.name}-preview`);
  const { plan, parallelism } = translate({ topology, stormId: id, config, slots: [1] });
  const sizes = {
    workers: parallelism.workers,
    tasks: plan.processors.reduce((sum, { tasks }) => sum + tasks.length, 0),
    executors: plan.executors.length,
  };
  return { id, sizes };
}

function reading(service: TopologyService) {
  return {
    cluster: () => service.cluster(),
    describe: (id: string) => service.describe(id),
    statistics: (id: string) => service.statistics(id),
    logLevels: (name: string) => service.logLevels(name),
    stateClaims: () => service.stateClaims(),
    previewRebalance: (...call: Parameters<TopologyService['previewRebalance']>) =>
      service.previewRebalance(...call),
    peek: (...call: Parameters<TopologyService['peek']>) => service.peek(...call),
  };
}
