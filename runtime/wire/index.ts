export {
  type ControlFrame,
  type ExecutorStats,
  type InputStreamCount,
  type InspectedComponent,
  type InspectionReport,
  type InspectionRequest,
  type StreamCount,
  type WorkerAssignment,
  type WorkerFrame,
  wireVersion,
} from './frames.ts';
