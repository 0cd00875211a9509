import {
  AlreadyAliveException,
  AuthorizationException,
  ClusterSummary,
  Credentials,
  GetInfoOptions,
  InvalidTopologyException,
  KillOptions,
  LogConfig,
  NotAliveException,
  RebalanceOptions,
  SubmitOptions,
  TopologyInfo,
} from './cluster-structs.ts';
import { pageMethods } from './page-methods.ts';
import { required, type ThriftType, unmarked } from './schema.ts';
import { method } from './service.ts';
import { StormTopology } from './topology-structs.ts';

const named = { name: required(1, 'string') };
const identified = { id: required(1, 'string') };
const submission = {
  ...named,
  uploadedJarLocation: required(2, 'string'),
  jsonConf: required(3, 'string'),
  topology: required(4, StormTopology),
};

const unauthorized = { aze: unmarked(1, AuthorizationException) };
const notAlive = {
  e: unmarked(1, NotAliveException),
  aze: unmarked(2, AuthorizationException),
};
const notAliveOrInvalid = {
  e: unmarked(1, NotAliveException),
  ite: unmarked(2, InvalidTopologyException),
  aze: unmarked(3, AuthorizationException),
};
const notSubmitted = {
  e: unmarked(1, AlreadyAliveException),
  ite: unmarked(2, InvalidTopologyException),
  aze: unmarked(3, AuthorizationException),
};

function answerAboutOne<Returned extends ThriftType>(name: string, returns: Returned) {
  return method({ name, args: identified, returns, throws: notAlive });
}

function commandToOne(name: string) {
  return method({ name, args: named, returns: 'void', throws: notAlive });
}

/**
 * Nimbus of Storm 0.9.7 and 0.10, and what clients and pages of later versions ask it. No client before 0.10 knows AuthorizationException.
 */
export const nimbusMethods = {
  ...pageMethods,
  submitTopology: method({
    name: 'submitTopology',
    args: submission,
    returns: 'void',
    throws: notSubmitted,
  }),
  submitTopologyWithOpts: method({
    name: 'submitTopologyWithOpts',
    args: { ...submission, options: required(5, SubmitOptions) },
    returns: 'void',
    throws: notSubmitted,
  }),
  killTopology: commandToOne('killTopology'),
  killTopologyWithOpts: method({
    name: 'killTopologyWithOpts',
    args: { ...named, options: required(2, KillOptions) },
    returns: 'void',
    throws: notAlive,
  }),
  activate: commandToOne('activate'),
  deactivate: commandToOne('deactivate'),
  rebalance: method({
    name: 'rebalance',
    args: { ...named, options: required(2, RebalanceOptions) },
    returns: 'void',
    throws: notAliveOrInvalid,
  }),
  uploadNewCredentials: method({
    name: 'uploadNewCredentials',
    args: { ...named, creds: required(2, Credentials) },
    returns: 'void',
    throws: notAliveOrInvalid,
    since: 'storm-0.10',
  }),
  beginFileUpload: method({
    name: 'beginFileUpload',
    args: {},
    returns: 'string',
    throws: unauthorized,
  }),
  uploadChunk: method({
    name: 'uploadChunk',
    args: { location: required(1, 'string'), chunk: required(2, 'binary') },
    returns: 'void',
    throws: unauthorized,
  }),
  finishFileUpload: method({
    name: 'finishFileUpload',
    args: { location: required(1, 'string') },
    returns: 'void',
    throws: unauthorized,
  }),
  beginFileDownload: method({
    name: 'beginFileDownload',
    args: { file: required(1, 'string') },
    returns: 'string',
    throws: unauthorized,
  }),
  downloadChunk: method({
    name: 'downloadChunk',
    args: identified,
    returns: 'binary',
    throws: unauthorized,
  }),
  getNimbusConf: method({
    name: 'getNimbusConf',
    args: {},
    returns: 'string',
    throws: unauthorized,
  }),
  getClusterInfo: method({
    name: 'getClusterInfo',
    args: {},
    returns: ClusterSummary,
    throws: unauthorized,
  }),
  getTopologyInfo: answerAboutOne('getTopologyInfo', TopologyInfo),
  getTopologyInfoWithOpts: method({
    name: 'getTopologyInfoWithOpts',
    args: { ...identified, options: required(2, GetInfoOptions) },
    returns: TopologyInfo,
    throws: notAlive,
    since: 'storm-0.10',
  }),
  getTopologyConf: answerAboutOne('getTopologyConf', 'string'),
  getTopology: answerAboutOne('getTopology', StormTopology),
  getUserTopology: answerAboutOne('getUserTopology', StormTopology),
  setLogConfig: method({
    name: 'setLogConfig',
    args: { name: required(1, 'string'), config: required(2, LogConfig) },
    returns: 'void',
    throws: {},
    since: 'storm-0.10',
  }),
  getLogConfig: method({
    name: 'getLogConfig',
    args: named,
    returns: LogConfig,
    throws: {},
    since: 'storm-0.10',
  }),
};
