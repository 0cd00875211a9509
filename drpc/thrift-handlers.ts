import {
  applicationErrors,
  DRPCExecutionException,
  type drpcMethods,
  type Failure,
  type Handlers,
  type invocationMethods,
  type Method,
  ThriftApplicationError,
  ThriftFormatError,
} from '../storm-api/thrift/index.ts';
import type { DrpcService } from './drpc-service.ts';
import { DrpcError, type DrpcFailure } from './errors.ts';

/** Why a request has no result, in the words of clients from 2.0 on. */
const exceptionTypes = {
  failed: 'FAILED_REQUEST',
  'unknown-function': 'FAILED_REQUEST',
  'timed-out': 'SERVER_TIMEOUT',
  overloaded: 'INTERNAL_ERROR',
  'shut-down': 'SERVER_SHUTDOWN',
} as const satisfies Record<DrpcFailure, string>;

/** Storm's way to say that no request waits. */
const noRequest = { func_args: '', request_id: '' };

export function callerHandlers(service: DrpcService): Handlers<typeof drpcMethods> {
  return {
    execute: ({ functionName, funcArgs }, { hungUp }) =>
      service.execute(functionName, funcArgs, hungUp),
  };
}

export function invocationHandlers(service: DrpcService): Handlers<typeof invocationMethods> {
  return {
    fetchRequest: async ({ functionName }, { hungUp }) => {
      const request = await service.fetch(functionName, hungUp);
      return request === null ? noRequest : { func_args: request.args, request_id: request.id };
    },
    result: ({ id, result }) => {
      service.result(id, result);
      return undefined;
    },
    failRequest: ({ id }) => {
      service.fail(id);
      return undefined;
    },
    failRequestV2: ({ id, e }) => {
      service.fail(id, e.msg);
      return undefined;
    },
  };
}

/** What we did not expect is told without its text: that belongs in the log. */
export function toFailure(error: unknown, { throws }: Method): Failure {
  if (error instanceof DrpcError && throws['e']?.type === DRPCExecutionException) {
    return { e: { msg: error.message, type: exceptionTypes[error.failure] } };
  }
  if (error instanceof ThriftFormatError) {
    return new ThriftApplicationError(applicationErrors.protocolError, error.message);
  }
  const sentence = 'the DRPC server failed to answer; the reason is in its log';
  return new ThriftApplicationError(applicationErrors.internalError, sentence, { cause: error });
}
