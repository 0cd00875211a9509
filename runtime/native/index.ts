export { type Clock, systemClock } from '../clock.ts';
export type { RunObserver, TaskFailure } from './fabric.ts';
export { NativeRun, type NativeRunOptions } from './native-run.ts';
export {
  type TestInputs,
  type TestOptions,
  type TestResult,
  type TestTuple,
  testTopology,
} from './test-topology.ts';
