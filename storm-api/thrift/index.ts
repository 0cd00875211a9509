export { decode } from './decode.ts';
export { encode } from './encode.ts';
export { ThriftApplicationError, ThriftFormatError } from './errors.ts';
export { encodeTopology } from './from-model.ts';
export { nimbusMethods } from './nimbus-service.ts';
export type { StructType, ThriftType, UnionType, ValueOf } from './schema.ts';
export { decodeTopology } from './to-model.ts';
export { StormTopology } from './topology-structs.ts';
