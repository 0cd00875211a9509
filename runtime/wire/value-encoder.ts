import { Double, Int, isLong, Opaque } from '../../storm-api/values/index.ts';
import { PackWriter } from './pack-writer.ts';
import { extension } from './value-extensions.ts';

/** Writes the values of tuples as they cross to and from native hosts (docs/wire-protocol.md). */
export class ValueEncoder {
  readonly #writer = new PackWriter();

  /**
   * @param values of one tuple, of which `problemOf` says nothing
   * @param headBytes left free in front of them
   * @returns bytes that stay what they are
   */
  encode(values: readonly unknown[], headBytes = 0): Buffer {
    const writer = this.#writer;
    try {
      writer.skip(headBytes);
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
  if (typeof value === 'string') writeString(writer, value);
  else if (typeof value === 'number') writeNumber(writer, value);
  else if (typeof value === 'boolean') writer.bool(value);
  else if (value === undefined || value === null) writer.nil();
  else if (typeof value === 'bigint') writeBigint(writer, value);
  else if (typeof value === 'object') writeObject(writer, value);
  else throw new TypeError(`a ${typeof value} cannot cross`);
}

function writeString(writer: PackWriter, value: string): void {
  if (value.isWellFormed()) writer.string(value);
  else writer.extension(extension.brokenString, () => writer.codeUnits(value));
}

function writeNumber(writer: PackWriter, value: number): void {
  if (isLong(value)) writer.integer(value);
  else writer.double(value);
}

function writeBigint(writer: PackWriter, value: bigint): void {
  if (!Number.isSafeInteger(Number(value))) writer.bigint(value);
  else writer.extension(extension.smallBigint, () => writer.int64(value));
}

function writeObject(writer: PackWriter, value: object): void {
  if (Array.isArray(value)) writeList(writer, value);
  else if (value instanceof Map) writeEntries(writer, value.size, value);
  else if (value instanceof Uint8Array) writer.bytes(value);
  else if (value instanceof Double) writer.double(value.value);
  else if (value instanceof Int) writeInt(writer, value);
  else if (value instanceof Date) writeDate(writer, value);
  else if (value instanceof Opaque) writeOpaque(writer, value);
  else writePlainObject(writer, value);
}

function writeInt(writer: PackWriter, { value }: Int): void {
  writer.extension(extension.int, () => writer.int32(value));
}

function writeDate(writer: PackWriter, date: Date): void {
  writer.extension(extension.date, () => writer.int64(BigInt(date.getTime())));
}

function writePlainObject(writer: PackWriter, value: object): void {
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

function writeOpaque(writer: PackWriter, { className, hash, bytes, digits }: Opaque): void {
  writer.extension(digits === null ? extension.opaque : extension.number, () => {
    writer.int32(hash);
    writer.string(className);
    if (digits !== null) writeString(writer, digits);
    writer.raw(bytes);
  });
}
