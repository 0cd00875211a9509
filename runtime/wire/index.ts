export { encodeFrame, parseControlFrame, parseWorkerFrame } from './control-frames.ts';
export { WireError } from './errors.ts';
export {
  type ControlFrame,
  type ExecutorStats,
  type InputStreamCount,
  type InspectedComponent,
  type InspectionReport,
  type InspectionRequest,
  type LatencyHistogram,
  type QueueStats,
  type SeenStack,
  type StreamCount,
  type TimedOutTrees,
  type WorkerAssignment,
  type WorkerFrame,
  wireVersion,
} from './frames.ts';
export { latencyBucketOf, latencyBuckets, latencyOfBucketMs } from './latency-buckets.ts';
export { LineReader, lineBytesMax } from './line-reader.ts';
export { PackWriter } from './pack-writer.ts';
export { PieceJoiner, piecesOf, textLengthMax } from './pieces.ts';
export { decodeValue, decodeValues } from './value-decoder.ts';
export { ValueEncoder } from './value-encoder.ts';
