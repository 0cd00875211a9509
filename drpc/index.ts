export { DrpcAccess } from './access.ts';
export { AccessList, AccessListError } from './access-list.ts';
export { systemClock } from './clock.ts';
export { DrpcClient } from './drpc-client.ts';
export { DrpcHttp } from './drpc-http.ts';
export { DrpcService } from './drpc-service.ts';
export { DrpcError } from './errors.ts';
export type { RequestLimits } from './request-table.ts';
export { callerServer, invocationServer } from './thrift-servers.ts';
