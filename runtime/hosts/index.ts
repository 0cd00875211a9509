export type { Command, ComponentHost, WorkerLaunch } from './component-host.ts';
export {
  adoptDetached,
  type DetachedProcess,
  findMarked,
  killMarked,
  type ProcessEnd,
  startDetached,
  workerMarker,
} from './detached-process.ts';
export { HostUnavailableError } from './errors.ts';
export { type Inspection, inspect } from './inspection.ts';
export { JavaHost } from './java-host.ts';
export {
  isAlive,
  type ProcessIdentity,
  signalGroup,
} from './process-identity.ts';
