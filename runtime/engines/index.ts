export { EmbeddedEngine } from './embedded/embedded-engine.ts';
export { SocketFolder } from './embedded/socket-folder.ts';
export type { WorkerLedger, WorkerRecord } from './embedded/worker-ledger.ts';
export type {
  Deployment,
  DeploymentFiles,
  Engine,
  EngineListener,
  ErrorReport,
  LagReport,
  StatsReport,
} from './engine.ts';
