import {
  dispatcher,
  drpcMethods,
  FramedServer,
  invocationMethods,
  type Logger,
  type ServerLimits,
} from '../storm-api/thrift/index.ts';
import type { DrpcAccess } from './access.ts';
import type { DrpcService } from './drpc-service.ts';
import { callerHandlers, invocationHandlers, toFailure } from './thrift-handlers.ts';

export interface ThriftOptions {
  readonly service: DrpcService;
  readonly access: DrpcAccess;
  readonly logger: Logger;
  /** How many callers, or fetchers, may be connected at a time. */
  readonly connectionsMax: number;
  /** Longest message that is accepted. */
  readonly frameBytesMax: number;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Storm's DistributedRPC, on drpc.port. */
export function callerServer({ service, access, logger, ...limits }: ThriftOptions): FramedServer {
  const handlers = callerHandlers(service, access);
  const handle = dispatcher({ methods: drpcMethods, handlers, toFailure, logger });
  return new FramedServer(handle, logger, limitsOf(limits));
}

/** Storm's DistributedRPCInvocations, on drpc.invocations.port. */
export function invocationServer({
  service,
  access,
  logger,
  ...limits
}: ThriftOptions): FramedServer {
  const handlers = invocationHandlers(service, access);
  const handle = dispatcher({ methods: invocationMethods, handlers, toFailure, logger });
  return new FramedServer(handle, logger, limitsOf(limits));
}

/** Clients keep connections for long and in great number; Storm's own server never closes one. */
function limitsOf(limits: Pick<ServerLimits, 'connectionsMax' | 'frameBytesMax'>): ServerLimits {
  return {
    ...limits,
    freeBytes: 64 * 1024,
    sharedBytes: 256 * 1024 * 1024,
    frameTimeoutMs: 60_000,
    idleTimeoutMs: dayMs,
  };
}
