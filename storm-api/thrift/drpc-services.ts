import { AuthorizationException } from './cluster-structs.ts';
import { enumeration, exception, optional, required, struct, unmarked } from './schema.ts';
import { method } from './service.ts';

/** Why a request failed, as clients from 2.0 on are told. */
const DRPCExceptionType = enumeration('DRPCExceptionType', {
  INTERNAL_ERROR: 0,
  SERVER_SHUTDOWN: 1,
  SERVER_TIMEOUT: 2,
  FAILED_REQUEST: 3,
});

export const DRPCExecutionException = exception('DRPCExecutionException', {
  msg: required(1, 'string'),
  /** Since 2.0; older clients step over it. */
  type: optional(2, DRPCExceptionType),
});

const DRPCRequest = struct('DRPCRequest', {
  func_args: required(1, 'string'),
  request_id: required(2, 'string'),
});

const unauthorized = { aze: unmarked(1, AuthorizationException) };

/** What callers of functions use. */
export const drpcMethods = {
  execute: method({
    name: 'execute',
    args: { functionName: required(1, 'string'), funcArgs: required(2, 'string') },
    returns: 'string',
    throws: {
      e: unmarked(1, DRPCExecutionException),
      aze: unmarked(2, AuthorizationException),
    },
  }),
};

/** What the topologies that serve functions use; a request without an id says that there is none. */
export const invocationMethods = {
  result: method({
    name: 'result',
    args: { id: required(1, 'string'), result: required(2, 'string') },
    returns: 'void',
    throws: unauthorized,
  }),
  fetchRequest: method({
    name: 'fetchRequest',
    args: { functionName: required(1, 'string') },
    returns: DRPCRequest,
    throws: unauthorized,
  }),
  failRequest: method({
    name: 'failRequest',
    args: { id: required(1, 'string') },
    returns: 'void',
    throws: unauthorized,
  }),
  /** Since 2.0. */
  failRequestV2: method({
    name: 'failRequestV2',
    args: { id: required(1, 'string'), e: required(2, DRPCExecutionException) },
    returns: 'void',
    throws: unauthorized,
  }),
};
