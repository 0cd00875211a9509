import {
  AlreadyAliveError,
  AuthorizationError,
  InvalidLogLevelError,
  InvalidStateError,
  InvalidTopologyError,
  NotAliveError,
} from '../errors.ts';
import { RequestError } from '../http/errors.ts';
import {
  AlreadyAliveException,
  AuthorizationException,
  InvalidTopologyException,
  NotAliveException,
} from '../thrift/cluster-structs.ts';
import type { Failure } from '../thrift/dispatcher.ts';
import { ThriftApplicationError, ThriftFormatError } from '../thrift/errors.ts';
import { applicationErrors } from '../thrift/messages.ts';
import type { StructType } from '../thrift/schema.ts';
import type { Method } from '../thrift/service.ts';
import { UploadError } from './jar-inbox.ts';

/**
 * Our errors as Storm's exceptions where the method declares them, else as Thrift's own. What we
 * did not expect is told without its text: that belongs in the log.
 */
export function toFailure(error: unknown, method: Method): Failure {
  const declared = declaredException(error, method);
  if (declared !== null && error instanceof Error) return { [declared]: { msg: error.message } };
  if (error instanceof ThriftFormatError) {
    return new ThriftApplicationError(applicationErrors.protocolError, error.message);
  }
  const { internalError } = applicationErrors;
  if (!isForClients(error)) {
    const sentence = "Nimbus failed to answer; the reason is in Nimbus's log";
    return new ThriftApplicationError(internalError, sentence, { cause: error });
  }
  const { message, cause } = error;
  return new ThriftApplicationError(internalError, message, cause === undefined ? {} : { cause });
}

/** The result field that holds the exception; null when the method has none for the error. */
function declaredException(error: unknown, method: Method): string | null {
  const exception = exceptionFor(error, method);
  if (exception === null) return null;
  const field = Object.entries(method.throws).find(([, { type }]) => type === exception);
  return field?.[0] ?? null;
}

function exceptionFor(error: unknown, method: Method): StructType | null {
  if (error instanceof AlreadyAliveError) return AlreadyAliveException;
  if (error instanceof NotAliveError) return NotAliveException;
  // Arguments that cannot be read: of a submission, they are the topology's fault.
  if (error instanceof InvalidTopologyError || error instanceof ThriftFormatError) {
    return InvalidTopologyException;
  }
  // A 0.9 client takes a result with an exception that it does not know for success.
  if (error instanceof AuthorizationError && method.since !== 'storm-0.9') {
    return AuthorizationException;
  }
  return null;
}

/** Errors whose text we wrote for whoever called. */
function isForClients(error: unknown): error is Error {
  return (
    error instanceof AlreadyAliveError ||
    error instanceof NotAliveError ||
    error instanceof InvalidStateError ||
    error instanceof InvalidLogLevelError ||
    error instanceof InvalidTopologyError ||
    error instanceof AuthorizationError ||
    error instanceof ThriftFormatError ||
    error instanceof UploadError ||
    error instanceof RequestError
  );
}
