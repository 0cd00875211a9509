import { TBinaryProtocol, TFramedTransport, Thrift } from 'thrift';
import { ThriftFormatError } from './errors.ts';
import { fieldTable } from './field-table.ts';
import type {
  EnumType,
  Fields,
  ListType,
  MapType,
  PrimitiveType,
  SetType,
  StructType,
  ThriftType,
  UnionType,
  ValueOf,
} from './schema.ts';
import { wireType } from './wire-types.ts';

/** Elements of all lists and maps of one message: bounds what small bytes can make us allocate. */
const elementsMax = 500_000;
/** Nesting of fields that we do not know and step over. */
const skipDepthMax = 64;

/** Decodes one struct or union that fills the bytes. @throws ThriftFormatError */
export function decode<Type extends StructType | UnionType>(
  type: Type,
  bytes: Uint8Array,
): ValueOf<Type> {
  const reader = new ThriftReader(bytes);
  const value = reader.read(type);
  reader.expectEnd();
  return value;
}

/** Message header of Thrift's strict binary protocol. */
export interface MessageHeader {
  readonly name: string;
  readonly type: Thrift.MessageType;
  readonly sequence: number;
}

/**
 * Reads values from the bytes of one message. Nothing in the bytes is believed: a length or count
 * beyond what remains, an unknown type or a missing required field is a ThriftFormatError. Binary
 * values are views of the given bytes.
 */
export class ThriftReader {
  readonly #transport: TFramedTransport;
  readonly #protocol: TBinaryProtocol;
  /** Field names and map keys down to the value being read: says where a bad message is bad. */
  readonly #path: unknown[] = [];
  /** In the memory that the bytes are part of. */
  readonly #end: number;
  #elementsLeft = elementsMax;

  constructor(bytes: Uint8Array) {
    this.#end = bytes.byteOffset + bytes.byteLength;
    this.#transport = new TFramedTransport(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
    this.#protocol = new TBinaryProtocol(this.#transport, true);
  }

  /** @throws ThriftFormatError */
  readHeader(): MessageHeader {
    try {
      const { fname, mtype, rseqid } = this.#protocol.readMessageBegin();
      return { name: fname, type: mtype, sequence: rseqid };
    } catch (cause) {
      throw ThriftFormatError.from(cause, []);
    }
  }

  /** @throws ThriftFormatError */
  read<Type extends ThriftType>(type: Type): ValueOf<Type> {
    try {
      return this.#value(type) as ValueOf<Type>;
    } catch (cause) {
      throw ThriftFormatError.from(cause, this.#path.map(pathSegment));
    }
  }

  /** @throws ThriftFormatError when bytes are left. */
  expectEnd(): void {
    if (this.#remains(1)) throw new ThriftFormatError('bytes are left behind the message');
  }

  #value(type: ThriftType): unknown {
    if (typeof type === 'string') return this.#primitive(type);
    switch (type.kind) {
      case 'list':
      case 'set':
        return this.#list(type);
      case 'map':
        return this.#map(type);
      case 'enum':
        return this.#constant(type);
      case 'union':
        return this.#union(type);
      case 'struct':
      case 'exception':
        return this.#struct(type);
    }
  }

  #primitive(type: PrimitiveType): unknown {
    switch (type) {
      case 'bool':
        return this.#protocol.readBool();
      case 'i32':
        return this.#protocol.readI32();
      case 'i64':
        return this.#transport.read(8).readBigInt64BE();
      case 'double':
        return this.#transport.read(8).readDoubleBE();
      case 'string':
        return this.#protocol.readString();
      case 'binary':
        return this.#protocol.readBinary();
    }
  }

  #list(type: ListType<ThriftType> | SetType<ThriftType>): readonly unknown[] {
    const { etype, size } = this.#protocol.readListBegin();
    this.#expectElements(size, 1);
    if (size > 0) expectType('list element', type.element, etype);
    const elements: unknown[] = [];
    for (let index = 0; index < size; index++) elements.push(this.#value(type.element));
    return elements;
  }

  #map(type: MapType<ThriftType, ThriftType>): ReadonlyMap<unknown, unknown> {
    const { ktype, vtype, size } = this.#protocol.readMapBegin();
    this.#expectElements(size, 2);
    if (size > 0) {
      expectType('map key', type.key, ktype);
      expectType('map value', type.value, vtype);
    }
    const entries = new Map<unknown, unknown>();
    for (let index = 0; index < size; index++) {
      const key = this.#value(type.key);
      this.#path.push(key);
      entries.set(key, this.#value(type.value));
      this.#path.pop();
    }
    return entries;
  }

  #constant(type: EnumType): string {
    const number = this.#protocol.readI32();
    const constant = Object.entries(type.numbers).find(([, each]) => each === number);
    if (constant === undefined) throw new ThriftFormatError(`${type.name} has no value ${number}`);
    return constant[0];
  }

  #struct(type: StructType): Readonly<Record<string, unknown>> {
    const value = this.#fields(type.fields);
    for (const { name } of fieldTable(type.fields).required) {
      if (value[name] === undefined) {
        throw new ThriftFormatError(`${type.name} lacks its field ${name}`);
      }
    }
    return value;
  }

  #union(type: UnionType): { readonly kind: string; readonly value: unknown } {
    const [only, ...more] = Object.entries(this.#fields(type.fields));
    if (only === undefined || more.length > 0) {
      throw new ThriftFormatError(`${type.name} must have exactly one known field`);
    }
    return { kind: only[0], value: only[1] };
  }

  #fields(fields: Fields): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    const { byId } = fieldTable(fields);
    for (;;) {
      const { ftype, fid } = this.#protocol.readFieldBegin();
      if (ftype === Thrift.Type.STOP) return value;
      const known = byId.get(fid);
      // A known id with another wire type counts as unknown, as in Storm's own readers.
      if (known === undefined || wireType(known.field.type) !== ftype) {
        this.#skip(ftype, 0);
        continue;
      }
      this.#path.push(known.name);
      value[known.name] = this.#value(known.field.type);
      this.#path.pop();
    }
  }

  #skip(type: Thrift.Type, depth: number): void {
    if (depth > skipDepthMax) throw new ThriftFormatError('fields are nested too deep');
    switch (type) {
      case Thrift.Type.STRUCT:
        this.#skipStruct(depth);
        break;
      case Thrift.Type.LIST:
      case Thrift.Type.SET: {
        const { etype, size } = this.#protocol.readListBegin();
        this.#expectElements(size, 1);
        for (let index = 0; index < size; index++) this.#skip(etype, depth + 1);
        break;
      }
      case Thrift.Type.MAP:
        this.#skipMap(depth);
        break;
      default:
        this.#protocol.skip(type);
    }
  }

  #skipStruct(depth: number): void {
    for (;;) {
      const { ftype } = this.#protocol.readFieldBegin();
      if (ftype === Thrift.Type.STOP) return;
      this.#skip(ftype, depth + 1);
    }
  }

  #skipMap(depth: number): void {
    const { ktype, vtype, size } = this.#protocol.readMapBegin();
    this.#expectElements(size, 2);
    for (let index = 0; index < size; index++) {
      this.#skip(ktype, depth + 1);
      this.#skip(vtype, depth + 1);
    }
  }

  #expectElements(count: number, bytesEach: number): void {
    if (count < 0 || !this.#remains(count * bytesEach)) {
      throw new ThriftFormatError(`a list or map of ${count} elements does not fit its message`);
    }
    this.#elementsLeft -= count;
    if (this.#elementsLeft < 0) {
      throw new ThriftFormatError(`more than ${elementsMax} list and map elements in one message`);
    }
  }

  /** Asking the transport would make it throw at the end of every message. */
  #remains(length: number): boolean {
    const here = this.#transport.read(0).byteOffset;
    return here + length <= this.#end;
  }
}

function expectType(what: string, type: ThriftType, found: Thrift.Type): void {
  if (wireType(type) !== found) throw new ThriftFormatError(`${what} of wrong type ${found}`);
}

/** A struct as a map key shows as its values. */
function pathSegment(segment: unknown): string {
  return segment instanceof Object ? Object.values(segment).join('/') : String(segment);
}
