import { Thrift } from 'thrift';
import type { ThriftType } from './schema.ts';

/** The type number that stands before a field, an element or a key in Thrift's binary protocol. */
export function wireType(type: ThriftType): Thrift.Type {
  switch (typeof type === 'string' ? type : type.kind) {
    case 'bool':
      return Thrift.Type.BOOL;
    case 'i32':
    case 'enum':
      return Thrift.Type.I32;
    case 'i64':
      return Thrift.Type.I64;
    case 'double':
      return Thrift.Type.DOUBLE;
    case 'string':
    case 'binary':
      return Thrift.Type.STRING;
    case 'list':
      return Thrift.Type.LIST;
    case 'set':
      return Thrift.Type.SET;
    case 'map':
      return Thrift.Type.MAP;
    case 'struct':
    case 'exception':
    case 'union':
      return Thrift.Type.STRUCT;
  }
}
