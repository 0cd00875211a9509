export type { Command, ComponentHost, ComponentHosts } from './component-host.ts';
export {
  adoptDetached,
  type DetachedProcess,
  findMarked,
  killMarked,
  killMarkedWith,
  type ProcessEnd,
  startDetached,
} from './detached-process.ts';
export { GuestHost } from './guest-host.ts';
export { inspect } from './inspection.ts';
export { JavaHost, javaProgram } from './java-host.ts';
export { openPackageOptions } from './java-options.ts';
export { NativeHost } from './native-host.ts';
export {
  isAlive,
  killByEnvironment,
  type ProcessIdentity,
  signalGroup,
} from './process-identity.ts';
