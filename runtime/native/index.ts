export { type Clock, systemClock } from '../clock.ts';
export { sentenceOf, stackOf } from './error-text.ts';
export type { Components, RunObserver, TaskFailure } from './fabric.ts';
export type { InjectedFailure } from './injected-failures.ts';
export { NativeRun, type NativeRunOptions, planInOneProcess } from './native-run.ts';
export {
  importProgram,
  type ProgramCall,
  ProgramError,
  readProgramCall,
} from './program.ts';
export { Queue } from './queue.ts';
export { SimulatedClock } from './simulated-clock.ts';
export type { TestAnswer } from './test-drpc.ts';
export type { TestInputs } from './test-inputs.ts';
export {
  type TestOptions,
  type TestResult,
  type TestTuple,
  testTopology,
} from './test-topology.ts';
export { AssignmentError } from './worker/assignment.ts';
export { inspectNative } from './worker/inspect.ts';
export { type NativeWorkerOptions, startNativeWorker } from './worker/native-worker.ts';
export type { LogLevel, WorkerLog } from './worker/worker-log.ts';
