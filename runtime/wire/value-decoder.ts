import { Double, Int, isLong, Opaque } from '../../storm-api/values/index.ts';
import { WireError } from './errors.ts';
import { PackReader } from './pack-reader.ts';
import { extension } from './value-extensions.ts';

/**
 * Reads what `ValueEncoder`, or the Java host, wrote of one tuple's values.
 * @throws WireError when the bytes are not one list of values
 */
export function decodeValues(buffer: Buffer, start: number, end: number): unknown[] {
  const reader = new PackReader(buffer, start, end);
  const values = read(reader);
  if (!Array.isArray(values)) throw new WireError('the values of a tuple are no list');
  if (reader.hasMore) throw new WireError('the values of a tuple end too late');
  return values;
}

/**
 * Reads one value of any kind.
 * @throws WireError when the bytes are anything else
 */
export function decodeValue(buffer: Buffer, start: number, end: number): unknown {
  const reader = new PackReader(buffer, start, end);
  const value = read(reader);
  if (reader.hasMore) throw new WireError('a value ends too late');
  return value;
}

function read(reader: PackReader): unknown {
  const type = reader.uint8();
  if (type < 0x80) return type;
  if (type >= 0xe0) return type - 0x100;
  if (type < 0x90) return readMap(reader, type & 0x0f);
  if (type < 0xa0) return readList(reader, type & 0x0f);
  if (type < 0xc0) return reader.string(type & 0x1f);
  return readTyped(reader, type);
}

function readTyped(reader: PackReader, type: number): unknown {
  switch (type) {
    case 0xc0:
      return null;
    case 0xc2:
      return false;
    case 0xc3:
      return true;
    case 0xca:
      return double(reader.float32());
    case 0xcb:
      return double(reader.float64());
    default:
      return type >= 0xcc && type <= 0xd3 ? readInteger(reader, type) : readSized(reader, type);
  }
}

/** A Double that a plain number would make a Long of. */
function double(value: number): number | Double {
  return isLong(value) ? new Double(value) : value;
}

function readInteger(reader: PackReader, type: number): number | bigint {
  switch (type) {
    case 0xcc:
      return reader.uint8();
    case 0xcd:
      return reader.uint16();
    case 0xce:
      return reader.uint32();
    case 0xcf:
      return reader.uint64();
    case 0xd0:
      return reader.int8();
    case 0xd1:
      return reader.int16();
    case 0xd2:
      return reader.int32();
    default:
      return reader.int64();
  }
}

function readSized(reader: PackReader, type: number): unknown {
  switch (type) {
    case 0xc4:
      return reader.bytes(reader.uint8());
    case 0xc5:
      return reader.bytes(reader.uint16());
    case 0xc6:
      return reader.bytes(reader.uint32());
    case 0xd9:
      return reader.string(reader.uint8());
    case 0xda:
      return reader.string(reader.uint16());
    case 0xdb:
      return reader.string(reader.uint32());
    case 0xdc:
      return readList(reader, reader.uint16());
    case 0xdd:
      return readList(reader, reader.uint32());
    case 0xde:
      return readMap(reader, reader.uint16());
    case 0xdf:
      return readMap(reader, reader.uint32());
    case 0xc9:
      return readExtension(reader, reader.uint32());
    default:
      throw new WireError(`values of MessagePack type ${type} do not cross`);
  }
}

function readList(reader: PackReader, length: number): unknown[] {
  const list: unknown[] = [];
  for (let index = 0; index < length; index++) list.push(read(reader));
  return list;
}

function readMap(reader: PackReader, size: number): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  for (let index = 0; index < size; index++) {
    const key = read(reader);
    map.set(key, read(reader));
  }
  return map;
}

function readExtension(reader: PackReader, length: number): unknown {
  const type = reader.int8();
  switch (type) {
    case extension.brokenString:
      return reader.codeUnits(length);
    case extension.plainObject:
      return readObject(reader);
    case extension.int:
      return new Int(reader.int32());
    case extension.smallBigint:
      return reader.bigint64();
    case extension.date:
      return new Date(Number(reader.int64()));
    case extension.opaque:
      return readOpaque(reader, length, false);
    case extension.number:
      return readOpaque(reader, length, true);
    default:
      throw new WireError(`values of extension type ${type} do not cross`);
  }
}

/** A key `__proto__` becomes a property like any other. */
function readObject(reader: PackReader): object {
  const map = read(reader);
  if (!(map instanceof Map)) throw new WireError('a plain object is no map');
  return Object.fromEntries(map);
}

function readOpaque(reader: PackReader, length: number, isNumber: boolean): Opaque {
  const end = reader.at + length;
  const hash = reader.int32();
  const className = readText(reader, 'class');
  const digits = isNumber ? readText(reader, 'digits') : null;
  return new Opaque(className, hash, reader.bytes(end - reader.at), digits);
}

function readText(reader: PackReader, what: string): string {
  const text = read(reader);
  if (typeof text === 'string') return text;
  throw new WireError(`an opaque value has no ${what}`);
}
