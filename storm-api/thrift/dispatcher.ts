import { ThriftApplicationError } from './errors.ts';
import type { Caller, Logger, MessageHandler } from './framed-server.ts';
import {
  applicationErrors,
  type Call,
  readCall,
  writeApplicationError,
  writeReply,
} from './messages.ts';
import type { StructType, ValueOf } from './schema.ts';
import type { ArgumentsOf, Method, Methods, ReturnedBy } from './service.ts';

/** One function per method of a service. */
export type Handlers<All extends Methods> = {
  readonly [Name in keyof All]: (
    args: ArgumentsOf<All[Name]>,
    caller: Caller,
  ) => ReturnedBy<All[Name]> | Promise<ReturnedBy<All[Name]>>;
};

/** The result of a method, by field: `success`, or one of its exceptions. */
type Result = Readonly<Record<string, unknown>>;

/** What a client is told of an error: a declared exception, or Thrift's own. */
export type Failure = Result | ThriftApplicationError;

export interface Service<All extends Methods> {
  readonly methods: All;
  readonly handlers: Handlers<All>;
  readonly toFailure: (error: unknown, method: Method) => Failure;
  readonly logger: Logger;
}

/** Makes the function that answers one message of a service. */
export function dispatcher<All extends Methods>(service: Service<All>): MessageHandler {
  const methods = new Map<string, Method>(Object.entries(service.methods));
  return async (message, caller, tooLong) => {
    const call = readCall(message);
    const method = methods.get(call.method);
    if (method === undefined || call.oneway) {
      return writeApplicationError(call, unknownMethod(call));
    }
    try {
      if (tooLong !== null) throw tooLong;
      const result = await invoke(service, method, call, caller);
      return writeResult(call, method, result);
    } catch (error) {
      return writeFailure(service, method, call, error);
    }
  };
}

async function invoke<All extends Methods>(
  { handlers }: Service<All>,
  method: Method,
  call: Call,
  caller: Caller,
): Promise<Result> {
  const handle = handlers[call.method] as (args: unknown, caller: Caller) => unknown;
  const success = await handle(call.readArguments(method.args), caller);
  return success === undefined ? {} : { success };
}

function writeFailure<All extends Methods>(
  { toFailure, logger }: Service<All>,
  method: Method,
  call: Call,
  error: unknown,
): Buffer {
  const failure = toFailure(error, method);
  if (!(failure instanceof ThriftApplicationError)) {
    return writeResult(call, method, failure);
  }
  if (failure.cause !== undefined) {
    logger.error({ err: failure.cause, method: call.method }, 'thrift call failed');
  }
  return writeApplicationError(call, failure);
}

function writeResult(call: Call, method: Method, result: Result): Buffer {
  return writeReply(call, method.result, result as ValueOf<StructType>);
}

function unknownMethod({ method, oneway }: Call): ThriftApplicationError {
  const name = JSON.stringify(method.slice(0, 100));
  const reason = oneway ? `${name} is not a oneway method here` : `there is no method ${name} here`;
  return new ThriftApplicationError(applicationErrors.unknownMethod, reason);
}
