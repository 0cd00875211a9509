import { TBinaryProtocol, TFramedTransport } from 'thrift';
import type { MessageHeader } from './decode.ts';
import { ThriftFormatError } from './errors.ts';
import type {
  EnumType,
  Field,
  Fields,
  ListType,
  MapType,
  PrimitiveType,
  StructType,
  ThriftType,
  UnionType,
  ValueOf,
} from './schema.ts';
import { wireType } from './wire-types.ts';

const frameHeaderBytes = 4;

/** Encodes one struct or union without a frame. @throws ThriftFormatError when the value is not of the type */
export function encode<Type extends StructType | UnionType>(
  type: Type,
  value: ValueOf<Type>,
): Buffer {
  const writer = new ThriftWriter();
  writer.write(type, value);
  return writer.frame().subarray(frameHeaderBytes);
}

/**
 * Collects one message. Fields are written by ascending position in their table, maps and lists in
 * their own order, so that what was decoded from Storm's own writers encodes to the same bytes.
 */
export class ThriftWriter {
  readonly #transport: TFramedTransport;
  readonly #protocol: TBinaryProtocol;
  #frame: Buffer | null = null;

  constructor() {
    this.#transport = new TFramedTransport(undefined, (frame) => {
      this.#frame = frame ?? null;
    });
    this.#protocol = new TBinaryProtocol(this.#transport);
  }

  writeHeader({ name, type, sequence }: MessageHeader): void {
    this.#protocol.writeMessageBegin(name, type, sequence);
  }

  /** @throws ThriftFormatError when the value is not of the type. */
  write<Type extends ThriftType>(type: Type, value: ValueOf<Type>): void {
    try {
      this.#value(type, value);
    } catch (cause) {
      throw ThriftFormatError.from(cause, []);
    }
  }

  /** The message behind its four bytes of length. */
  frame(): Buffer {
    this.#transport.flush();
    if (this.#frame === null) throw new ThriftFormatError('the message was not flushed');
    return this.#frame;
  }

  #value(type: ThriftType, value: unknown): void {
    if (typeof type === 'string') {
      this.#primitive(type, value);
      return;
    }
    switch (type.kind) {
      case 'list':
        this.#list(type, value as readonly unknown[]);
        break;
      case 'map':
        this.#map(type, value as ReadonlyMap<unknown, unknown>);
        break;
      case 'enum':
        this.#constant(type, value as string);
        break;
      case 'union':
        this.#union(type, value as { kind: string; value: unknown });
        break;
      case 'struct':
      case 'exception':
        this.#struct(type, value as Readonly<Record<string, unknown>>);
        break;
    }
  }

  #primitive(type: PrimitiveType, value: unknown): void {
    switch (type) {
      case 'bool':
        this.#protocol.writeBool(value as boolean);
        break;
      case 'i32':
        this.#i32(value as number);
        break;
      case 'i64': {
        const bytes = Buffer.allocUnsafe(8);
        bytes.writeBigInt64BE(value as bigint);
        this.#transport.write(bytes);
        break;
      }
      case 'double': {
        const bytes = Buffer.allocUnsafe(8);
        bytes.writeDoubleBE(value as number);
        this.#transport.write(bytes);
        break;
      }
      case 'string':
        this.#protocol.writeString(value as string);
        break;
      case 'binary':
        this.#binary(value as Uint8Array);
        break;
    }
  }

  #i32(value: number): void {
    if (value !== (value | 0)) throw new ThriftFormatError(`not a 32 bit integer: ${value}`);
    this.#protocol.writeI32(value);
  }

  /** Never a string: npm thrift would write it as Latin-1. */
  #binary(value: Uint8Array): void {
    if (!(value instanceof Uint8Array)) throw new ThriftFormatError('binary must be bytes');
    this.#protocol.writeBinary(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
  }

  #list(type: ListType<ThriftType>, value: readonly unknown[]): void {
    this.#protocol.writeListBegin(wireType(type.element), value.length);
    for (const element of value) this.#value(type.element, element);
  }

  #map(type: MapType<ThriftType, ThriftType>, value: ReadonlyMap<unknown, unknown>): void {
    this.#protocol.writeMapBegin(wireType(type.key), wireType(type.value), value.size);
    for (const [key, each] of value) {
      this.#value(type.key, key);
      this.#value(type.value, each);
    }
  }

  #constant(type: EnumType, value: string): void {
    const number = type.numbers[value];
    if (number === undefined) throw new ThriftFormatError(`${type.name} has no ${value}`);
    this.#protocol.writeI32(number);
  }

  #struct(type: StructType, value: Readonly<Record<string, unknown>>): void {
    for (const [name, field] of entries(type.fields)) {
      const each = value[name];
      if (each !== undefined) this.#field(name, field, each);
      else if (field.requiredness === 'required') {
        throw new ThriftFormatError(`${type.name} lacks its field ${name}`);
      }
    }
    this.#protocol.writeFieldStop();
  }

  #union(type: UnionType, value: { readonly kind: string; readonly value: unknown }): void {
    const field = type.fields[value.kind] as Field<ThriftType> | undefined;
    if (field === undefined) throw new ThriftFormatError(`${type.name} has no ${value.kind}`);
    this.#field(value.kind, field, value.value);
    this.#protocol.writeFieldStop();
  }

  #field(name: string, field: Field<ThriftType>, value: unknown): void {
    this.#protocol.writeFieldBegin(name, wireType(field.type), field.id);
    this.#value(field.type, value);
  }
}

function entries(fields: Fields): [string, Field<ThriftType>][] {
  return Object.entries(fields) as [string, Field<ThriftType>][];
}
