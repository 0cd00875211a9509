export { LogServer } from './logviewer/log-server.ts';
export { offerToOpenTelemetry } from './metrics/open-telemetry.ts';
export { RestServer, type RestServerOptions } from './rest-server.ts';
export type {
  Program,
  RunListener,
  RunningProgram,
  Sizes,
  Submitter,
} from './submission/submitter.ts';
export { WorkerProfiling } from './worker-profiling.ts';
