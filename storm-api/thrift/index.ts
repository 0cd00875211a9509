export { decode } from './decode.ts';
export { encode } from './encode.ts';
export { encodeTopology } from './from-model.ts';
export { nimbusMethods } from './nimbus-service.ts';
export type { StructType, ThriftType } from './schema.ts';
export { decodeTopology } from './to-model.ts';
export { StormTopology } from './topology-structs.ts';
