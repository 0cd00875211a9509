import { crc32, deflateRawSync } from 'node:zlib';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const utf8Names = 0x0800;
const deflated = 8;
/** 1 January 1980, the earliest there is: the same content shall give the same archive. */
const date = 0x21;

/** The files of an archive that others are added to. */
interface Archive {
  readonly locals: Buffer;
  readonly centrals: Buffer;
  readonly count: number;
}

const nothing: Archive = { locals: Buffer.alloc(0), centrals: Buffer.alloc(0), count: 0 };
const endBytes = 22;
const commentBytesMax = 0xffff;
const entriesMax = 0xffff;

/** An archive of these files; the same for the same files. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  return append(nothing, entries);
}

/**
 * An archive with these files besides its own, which stay as they are.
 * @throws RangeError when it is none, one of more than 4 GiB or 65,534 files, or one that something
 * was put before without telling it
 */
export function addToZip(zip: Buffer, entries: readonly ZipEntry[]): Buffer {
  return append(open(zip), entries);
}

function append(archive: Archive, entries: readonly ZipEntry[]): Buffer {
  const count = archive.count + entries.length;
  if (count >= entriesMax) throw new RangeError('it has too many files');
  const locals = [archive.locals];
  const centrals = [archive.centrals];
  let offset = archive.locals.length;
  for (const entry of entries) {
    const { local, central } = pack(entry, offset);
    locals.push(local);
    centrals.push(central);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

function open(zip: Buffer): Archive {
  const earliest = Math.max(0, zip.length - endBytes - commentBytesMax);
  const end = zip.lastIndexOf('PK\x05\x06', zip.length - endBytes, 'latin1');
  if (zip.length < endBytes || end < earliest) throw new RangeError('it is no archive');
  const count = zip.readUInt16LE(end + 10);
  const offset = zip.readUInt32LE(end + 16);
  const start = end - zip.readUInt32LE(end + 12);
  if (count === entriesMax) throw new RangeError('it has too many files');
  if (start !== offset) throw new RangeError('its files are not where it says');
  return { locals: zip.subarray(0, start), centrals: zip.subarray(start, end), count };
}

function pack({ name, bytes }: ZipEntry, offset: number) {
  const packed = deflateRawSync(bytes);
  const nameBytes = Buffer.from(name);
  const facts = Buffer.alloc(26);
  facts.writeUInt16LE(20, 0);
  facts.writeUInt16LE(utf8Names, 2);
  facts.writeUInt16LE(deflated, 4);
  facts.writeUInt16LE(date, 8);
  facts.writeUInt32LE(crc32(bytes), 10);
  facts.writeUInt32LE(packed.length, 14);
  facts.writeUInt32LE(bytes.length, 18);
  facts.writeUInt16LE(nameBytes.length, 22);
  const tail = Buffer.alloc(14);
  tail.writeUInt32LE(offset, 10);
  const madeBy = Buffer.from([20, 0]);
  return {
    local: Buffer.concat([Buffer.from('PK\x03\x04'), facts, nameBytes, packed]),
    central: Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, facts, tail, nameBytes]),
  };
}
