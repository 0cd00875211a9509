import { Thrift } from 'thrift';
import { ThriftReader } from './decode.ts';
import { ThriftWriter } from './encode.ts';
import { ThriftApplicationError, ThriftFormatError } from './errors.ts';
import { optional, type StructType, struct, type ValueOf } from './schema.ts';

/** Thrift's own exception for what a method does not declare. */
const TApplicationException = struct('TApplicationException', {
  message: optional(1, 'string'),
  type: optional(2, 'i32'),
});

/** TApplicationException types. */
export const applicationErrors = {
  unknownMethod: Thrift.TApplicationExceptionType.UNKNOWN_METHOD,
  internalError: Thrift.TApplicationExceptionType.INTERNAL_ERROR,
  protocolError: Thrift.TApplicationExceptionType.PROTOCOL_ERROR,
};

export interface Call {
  readonly method: string;
  readonly sequence: number;
  /** The caller does not wait for an answer. */
  readonly oneway: boolean;
  /** @throws ThriftFormatError */
  readonly readArguments: <Type extends StructType>(type: Type) => ValueOf<Type>;
}

/** Reads one call without its arguments. @throws ThriftFormatError */
export function readCall(message: Uint8Array): Call {
  const reader = new ThriftReader(message);
  const { name: method, type, sequence } = reader.readHeader();
  if (type !== Thrift.MessageType.CALL && type !== Thrift.MessageType.ONEWAY) {
    throw new ThriftFormatError(`not a call but a message of type ${type}`);
  }
  return {
    method,
    sequence,
    oneway: type === Thrift.MessageType.ONEWAY,
    readArguments: (argumentsType) => {
      const value = reader.read(argumentsType);
      reader.expectEnd();
      return value;
    },
  };
}

/** A framed call. @throws ThriftFormatError when the arguments are not of their type. */
export function writeCall<Type extends StructType>(
  { method, sequence }: Pick<Call, 'method' | 'sequence'>,
  type: Type,
  args: ValueOf<Type>,
): Buffer {
  return writeMessage({ method, sequence, type: Thrift.MessageType.CALL }, type, args);
}

/** A framed reply. @throws ThriftFormatError when the result is not of its type. */
export function writeReply<Type extends StructType>(
  { method, sequence }: Pick<Call, 'method' | 'sequence'>,
  type: Type,
  result: ValueOf<Type>,
): Buffer {
  return writeMessage({ method, sequence, type: Thrift.MessageType.REPLY }, type, result);
}

/** A framed TApplicationException. */
export function writeApplicationError(
  { method, sequence }: Pick<Call, 'method' | 'sequence'>,
  { code, message }: ThriftApplicationError,
): Buffer {
  const type = Thrift.MessageType.EXCEPTION;
  return writeMessage({ method, sequence, type }, TApplicationException, { message, type: code });
}

/** @throws ThriftApplicationError when the service answered with one; ThriftFormatError */
export function readReply<Type extends StructType>(
  message: Uint8Array,
  { method, sequence }: Pick<Call, 'method' | 'sequence'>,
  type: Type,
): ValueOf<Type> {
  const reader = new ThriftReader(message);
  const header = reader.readHeader();
  if (header.sequence !== sequence || header.name !== method) {
    throw new ThriftFormatError(`the answer to ${method} is one to ${header.name}`);
  }
  if (header.type !== Thrift.MessageType.EXCEPTION) return reader.read(type);
  const { message: text = 'no reason given', type: code = 0 } = reader.read(TApplicationException);
  throw new ThriftApplicationError(code, text);
}

function writeMessage<Type extends StructType>(
  header: {
    readonly method: string;
    readonly sequence: number;
    readonly type: Thrift.MessageType;
  },
  type: Type,
  value: ValueOf<Type>,
): Buffer {
  const writer = new ThriftWriter();
  writer.writeHeader({ name: header.method, type: header.type, sequence: header.sequence });
  writer.write(type, value);
  return writer.frame();
}
