import { setTimeout as sleep } from 'node:timers/promises';
import {
  applicationErrors,
  type Caller,
  DRPCExecutionException,
  type drpcMethods,
  type Failure,
  type Handlers,
  type invocationMethods,
  type Method,
  ThriftApplicationError,
  ThriftFormatError,
} from '../storm-api/thrift/index.ts';
import type { DrpcAccess } from './access.ts';
import type { DrpcService } from './drpc-service.ts';
import { DrpcError, type DrpcFailure } from './errors.ts';

/** Why a request has no result, in the words of clients from 2.0 on. */
const exceptionTypes = {
  failed: 'FAILED_REQUEST',
  'unknown-function': 'FAILED_REQUEST',
  unauthorized: 'FAILED_REQUEST',
  'timed-out': 'SERVER_TIMEOUT',
  overloaded: 'INTERNAL_ERROR',
  'shut-down': 'SERVER_SHUTDOWN',
} as const satisfies Record<DrpcFailure, string>;

/** Storm's way to say that no request waits. */
const noRequest = { func_args: '', request_id: '' };

/** Storm's spouts ask a thousand times a second, also after an error. */
const refusalDelayMs = 1_000;

export function callerHandlers(
  service: DrpcService,
  access: DrpcAccess,
): Handlers<typeof drpcMethods> {
  return {
    execute: async ({ functionName, funcArgs }, { hungUp, ends }) => {
      await access.checkCaller(functionName, ends);
      return service.execute(functionName, funcArgs, hungUp);
    },
  };
}

export function invocationHandlers(
  service: DrpcService,
  access: DrpcAccess,
): Handlers<typeof invocationMethods> {
  const checkServer = (name: string, { ends }: Caller) =>
    access.checkServer(name, ends, service.servedBy(name));
  /** An id that is not open any more is nobody's secret. */
  const checkAnswer = async (id: string, caller: Caller) => {
    const name = service.functionOf(id);
    if (name !== null) await checkServer(name, caller);
  };
  return {
    fetchRequest: async ({ functionName }, caller) => {
      const topology = await slowlyRefused(checkServer(functionName, caller));
      const request = await service.fetch(functionName, caller.hungUp, topology);
      return request === null ? noRequest : { func_args: request.args, request_id: request.id };
    },
    result: async ({ id, result }, caller) => {
      await checkAnswer(id, caller);
      service.result(id, result);
      return undefined;
    },
    failRequest: async ({ id }, caller) => {
      await checkAnswer(id, caller);
      service.fail(id);
      return undefined;
    },
    failRequestV2: async ({ id, e }, caller) => {
      await checkAnswer(id, caller);
      service.fail(id, e.msg);
      return undefined;
    },
  };
}

async function slowlyRefused<Checked>(check: Promise<Checked>): Promise<Checked> {
  try {
    return await check;
  } catch (error) {
    await sleep(refusalDelayMs);
    throw error;
  }
}

/** What we did not expect is told without its text: that belongs in the log. */
export function toFailure(error: unknown, { throws }: Method): Failure {
  if (error instanceof DrpcError && throws['e']?.type === DRPCExecutionException) {
    return { e: { msg: error.message, type: exceptionTypes[error.failure] } };
  }
  if (error instanceof DrpcError) {
    return new ThriftApplicationError(applicationErrors.internalError, error.message);
  }
  if (error instanceof ThriftFormatError) {
    return new ThriftApplicationError(applicationErrors.protocolError, error.message);
  }
  const sentence = 'the DRPC server failed to answer; the reason is in its log';
  return new ThriftApplicationError(applicationErrors.internalError, sentence, { cause: error });
}
