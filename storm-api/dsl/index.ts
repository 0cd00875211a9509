export type {
  ComponentStream,
  GroupedStream,
  GroupKey,
  Stream,
  WindowSize,
} from './stream.ts';
export { StreamBuilder, type ValueSource } from './stream-builder.ts';
