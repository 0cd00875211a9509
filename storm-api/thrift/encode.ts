import { Thrift } from 'thrift';
import { ByteWriter } from './byte-writer.ts';
import type { MessageHeader } from './decode.ts';
import { ThriftFormatError } from './errors.ts';
import { fieldTable } from './field-table.ts';
import type {
  EnumType,
  Field,
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

const frameHeaderBytes = 4;
/** Marks the first four bytes of a message in the strict binary protocol. */
const strictVersion = 0x80010000 | 0;

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
 * Collects one message. Fields are written in the order of their table, maps and lists in their
 * own, so that what was decoded from Storm's own writers encodes to the same bytes.
 */
export class ThriftWriter {
  readonly #out = new ByteWriter();

  constructor() {
    this.#out.int32(0);
  }

  writeHeader({ name, type, sequence }: MessageHeader): void {
    this.#out.int32(strictVersion | type);
    this.#out.string(name);
    this.#out.int32(sequence);
  }

  /** @throws ThriftFormatError when the value is not of the type. */
  write<Type extends ThriftType>(type: Type, value: ValueOf<Type>): void {
    try {
      this.#value(type, value);
    } catch (cause) {
      throw ThriftFormatError.from(cause, []);
    }
  }

  /** The message behind its four bytes of length; ends the writer. */
  frame(): Buffer {
    this.#out.setInt32(0, this.#out.length - frameHeaderBytes);
    return this.#out.written();
  }

  #value(type: ThriftType, value: unknown): void {
    if (typeof type === 'string') {
      this.#primitive(type, value);
      return;
    }
    switch (type.kind) {
      case 'list':
      case 'set':
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
        this.#out.byte(value ? 1 : 0);
        break;
      case 'i32':
        this.#int32(value as number);
        break;
      case 'i64':
        this.#out.int64(value as bigint);
        break;
      case 'double':
        this.#out.double(value as number);
        break;
      case 'string':
        this.#out.string(value as string);
        break;
      case 'binary':
        if (!(value instanceof Uint8Array)) throw new ThriftFormatError('binary must be bytes');
        this.#out.binary(value);
        break;
    }
  }

  #int32(value: number): void {
    if (value !== (value | 0)) throw new ThriftFormatError(`not a 32 bit integer: ${value}`);
    this.#out.int32(value);
  }

  #list(type: ListType<ThriftType> | SetType<ThriftType>, value: readonly unknown[]): void {
    this.#out.byte(wireType(type.element));
    this.#out.int32(value.length);
    for (const element of value) this.#value(type.element, element);
  }

  #map(type: MapType<ThriftType, ThriftType>, value: ReadonlyMap<unknown, unknown>): void {
    this.#out.byte(wireType(type.key));
    this.#out.byte(wireType(type.value));
    this.#out.int32(value.size);
    for (const [key, each] of value) {
      this.#value(type.key, key);
      this.#value(type.value, each);
    }
  }

  #constant(type: EnumType, value: string): void {
    const number = type.numbers[value];
    if (number === undefined) throw new ThriftFormatError(`${type.name} has no ${value}`);
    this.#out.int32(number);
  }

  #struct(type: StructType, value: Readonly<Record<string, unknown>>): void {
    for (const { name, field } of fieldTable(type.fields).all) {
      const each = value[name];
      if (each !== undefined) this.#field(field, each);
      else if (field.requiredness === 'required') {
        throw new ThriftFormatError(`${type.name} lacks its field ${name}`);
      }
    }
    this.#out.byte(Thrift.Type.STOP);
  }

  #union(type: UnionType, value: { readonly kind: string; readonly value: unknown }): void {
    const field = type.fields[value.kind] as Field<ThriftType> | undefined;
    if (field === undefined) throw new ThriftFormatError(`${type.name} has no ${value.kind}`);
    this.#field(field, value.value);
    this.#out.byte(Thrift.Type.STOP);
  }

  #field(field: Field<ThriftType>, value: unknown): void {
    this.#out.byte(wireType(field.type));
    this.#out.int16(field.id);
    this.#value(field.type, value);
  }
}
