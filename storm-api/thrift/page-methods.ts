import {
  AuthorizationException,
  GetInfoOptions,
  NimbusSummary,
  NotAliveException,
  TopologyInfo,
  TopologySummary,
} from './cluster-structs.ts';
import {
  ComponentPageInfo,
  OwnerResourceSummary,
  ProfileAction,
  ProfileRequest,
  SupervisorPageInfo,
  TopologyHistoryInfo,
  TopologyPageInfo,
} from './page-structs.ts';
import { type Fields, list, optional, required, type ThriftType, unmarked } from './schema.ts';
import { method } from './service.ts';

/** Clients that call these know every exception. */
const since = 'storm-0.10';
const unauthorized = { aze: unmarked(1, AuthorizationException) };
const notAlive = {
  e: unmarked(1, NotAliveException),
  aze: unmarked(2, AuthorizationException),
};

function question<Arguments extends Fields, Returned extends ThriftType>(
  name: string,
  args: Arguments,
  returns: Returned,
) {
  return method({ name, args, returns, throws: unauthorized, since });
}

function questionAboutOne<Arguments extends Fields, Returned extends ThriftType | 'void'>(
  name: string,
  args: Arguments,
  returns: Returned,
) {
  return method({ name, args, returns, throws: notAlive, since });
}

const named = { name: required(1, 'string') };

/** What clients and pages of Storm 1.x and 2.x ask beside the calls that 0.10 has. */
export const pageMethods = {
  getLeader: question('getLeader', {}, NimbusSummary),
  isTopologyNameAllowed: question('isTopologyNameAllowed', named, 'bool'),
  getTopologySummaries: question('getTopologySummaries', {}, list(TopologySummary)),
  getTopologySummary: questionAboutOne(
    'getTopologySummary',
    { id: required(1, 'string') },
    TopologySummary,
  ),
  getTopologySummaryByName: questionAboutOne('getTopologySummaryByName', named, TopologySummary),
  getTopologyInfoByName: questionAboutOne('getTopologyInfoByName', named, TopologyInfo),
  getTopologyInfoByNameWithOpts: questionAboutOne(
    'getTopologyInfoByNameWithOpts',
    { ...named, options: required(2, GetInfoOptions) },
    TopologyInfo,
  ),
  getTopologyPageInfo: questionAboutOne(
    'getTopologyPageInfo',
    {
      id: required(1, 'string'),
      window: required(2, 'string'),
      is_include_sys: required(3, 'bool'),
    },
    TopologyPageInfo,
  ),
  getComponentPageInfo: questionAboutOne(
    'getComponentPageInfo',
    {
      topology_id: required(1, 'string'),
      component_id: required(2, 'string'),
      window: optional(3, 'string'),
      is_include_sys: required(4, 'bool'),
    },
    ComponentPageInfo,
  ),
  getSupervisorPageInfo: questionAboutOne(
    'getSupervisorPageInfo',
    {
      id: optional(1, 'string'),
      host: optional(2, 'string'),
      is_include_sys: required(3, 'bool'),
    },
    SupervisorPageInfo,
  ),
  getOwnerResourceSummaries: question(
    'getOwnerResourceSummaries',
    { owner: optional(1, 'string') },
    list(OwnerResourceSummary),
  ),
  getTopologyHistory: question(
    'getTopologyHistory',
    { user: optional(1, 'string') },
    TopologyHistoryInfo,
  ),
  debug: questionAboutOne(
    'debug',
    {
      ...named,
      component: required(2, 'string'),
      enable: required(3, 'bool'),
      samplingPercentage: required(4, 'double'),
    },
    'void',
  ),
  setWorkerProfiler: method({
    name: 'setWorkerProfiler',
    args: { id: required(1, 'string'), profileRequest: required(2, ProfileRequest) },
    returns: 'void',
    throws: {},
    since,
  }),
  getComponentPendingProfileActions: method({
    name: 'getComponentPendingProfileActions',
    args: {
      id: required(1, 'string'),
      component_id: required(2, 'string'),
      action: required(3, ProfileAction),
    },
    returns: list(ProfileRequest),
    throws: {},
    since,
  }),
  isRemoteBlobExists: question('isRemoteBlobExists', { blobKey: required(1, 'string') }, 'bool'),
};
