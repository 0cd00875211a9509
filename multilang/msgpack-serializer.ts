import { decodeValue, PackWriter, WireError } from '../runtime/wire/index.ts';
import { Double, Int, isLong, isPlainObject } from '../storm-api/values/index.ts';
import { readJson } from './json-reader.ts';
import { NotJsonError } from './json-text.ts';
import { BadMessageError, readMessage } from './message.ts';
import { PackScanner } from './pack-scanner.ts';
import type { Frame, Serializer } from './serializer.ts';

const writer = new PackWriter();

/** MessagePack as pystorm and Pyleus speak it: one map or list a message, and nothing between them. */
export const msgpackSerializer: Serializer = {
  newReader: () => new PackScanner(),
  parse,
  read: (frame) => readMessage(parse(frame)),
  handshake: ({ conf, context, pidDir }) =>
    packed({ pidDir, conf: readJson(conf), context: readJson(context) }),
  tuple: ({ id, component, stream, task, values }) =>
    packed({ id: String(id), comp: component, stream, task, tuple: values }),
  command: (command, id) => packed({ command, id }),
  taskIds: (tasks) => packed(tasks),
};

function parse(frame: Frame): unknown {
  const bytes = frame as Buffer;
  try {
    const value = decodeValue(bytes, 0, bytes.length);
    return value instanceof Map ? Object.fromEntries(value) : value;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new BadMessageError(`what is no MessagePack: ${error.message}`);
  }
}

function packed(value: unknown): Uint8Array {
  try {
    write(value);
    return writer.take();
  } catch (error) {
    writer.discard();
    throw error;
  }
}

function write(value: unknown): void {
  switch (typeof value) {
    case 'string':
      writer.string(value.toWellFormed());
      break;
    case 'number':
      if (isLong(value)) writer.integer(value);
      else writer.double(value);
      break;
    case 'boolean':
      writer.bool(value);
      break;
    case 'bigint':
      writer.bigint(value);
      break;
    case 'undefined':
      writer.nil();
      break;
    default:
      writeObject(value);
  }
}

/** @throws NotJsonError for what has no form without an extension of our own */
function writeObject(value: unknown): void {
  if (typeof value !== 'object' || value === null) writer.nil();
  else if (Array.isArray(value)) writeList(value);
  else if (value instanceof Uint8Array) writer.bytes(value);
  else if (value instanceof Double) writer.double(value.value);
  else if (value instanceof Int) writer.integer(value.value);
  else if (value instanceof Map) writeEntries([...value]);
  else if (isPlainObject(value)) writeEntries(Object.entries(value));
  else throw new NotJsonError(`${String(value)} has no form in MessagePack`);
}

function writeList(list: readonly unknown[]): void {
  writer.array(list.length);
  for (const each of list) write(each);
}

function writeEntries(entries: readonly (readonly [unknown, unknown])[]): void {
  writer.map(entries.length);
  for (const [key, each] of entries) {
    write(key);
    write(each);
  }
}
