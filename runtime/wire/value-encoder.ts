import { Double, Int, isLong, Opaque } from '../../storm-api/values/index.ts';
import { PackWriter } from './pack-writer.ts';
import { extension } from './value-extensions.ts';

/** Writes the values of tuples as they cross to and from native hosts (docs/wire-protocol.md). */
export class ValueEncoder {
  readonly #writer = new PackWriter();

  /**
   * @param values of one tuple, of which `problemOf` says nothing
   * @returns bytes that stay what they are
   */
  encode(values: readonly unknown[]): Uint8Array {
    const writer = this.#writer;
    try {
      writeList(writer, values);
      return writer.take();
    } catch (error) {
      writer.discard(); // of a value that changed since it was looked at
      throw error;
    }
  }
}

function writeList(writer: PackWriter, list: readonly unknown[]): void {
  writer.array(list.length);
  for (let index = 0; index < list.length; index++) write(writer, list[index]);
}

function write(writer: PackWriter, value: unknown): void {
  switch (typeof value) {
    case 'string':
      return writeString(writer, value);
    case 'number':
      return isLong(value) ? writer.integer(value) : writer.double(value);
    case 'boolean':
      return writer.bool(value);
    case 'undefined':
      return writer.nil();
    case 'bigint':
      return writeBigint(writer, value);
    case 'object':
      return value === null ? writer.nil() : writeObject(writer, value);
    default:
      throw new TypeError(`a ${typeof value} cannot cross`);
  }
}

function writeString(writer: PackWriter, value: string): void {
  if (value.isWellFormed()) return writer.string(value);
  writer.extension(extension.brokenString, () => writer.codeUnits(value));
}

function writeBigint(writer: PackWriter, value: bigint): void {
  if (!Number.isSafeInteger(Number(value))) return writer.bigint(value);
  writer.extension(extension.smallBigint, () => writer.int64(value));
}

function writeObject(writer: PackWriter, value: object): void {
  if (Array.isArray(value)) return writeList(writer, value);
  if (value instanceof Map) return writeEntries(writer, value.size, value);
  if (value instanceof Uint8Array) return writer.bytes(value);
  if (value instanceof Double) return writer.double(value.value);
  if (value instanceof Int) {
    return writer.extension(extension.int, () => writer.int32(value.value));
  }
  if (value instanceof Date) {
    return writer.extension(extension.date, () => writer.int64(BigInt(value.getTime())));
  }
  if (value instanceof Opaque) return writeOpaque(writer, value);
  const entries = Object.entries(value);
  writer.extension(extension.plainObject, () => writeEntries(writer, entries.length, entries));
}

function writeEntries(
  writer: PackWriter,
  size: number,
  entries: Iterable<readonly [unknown, unknown]>,
): void {
  writer.map(size);
  for (const [key, value] of entries) {
    write(writer, key);
    write(writer, value);
  }
}

function writeOpaque(writer: PackWriter, { className, hash, bytes }: Opaque): void {
  writer.extension(extension.opaque, () => {
    writer.int32(hash);
    writer.string(className);
    writer.raw(bytes);
  });
}
