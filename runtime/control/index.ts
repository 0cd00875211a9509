export { createRuntime, type Runtime, type RuntimeOptions } from './create-runtime.ts';
export { LocalDirectoryError, NotLeadingError } from './errors.ts';
export type { AfterUnpack, GenerationJars } from './submission.ts';
export type { TopologyCodec } from './topology-files.ts';
