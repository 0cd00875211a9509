export { LogServer } from './logviewer/log-server.ts';
export { RestServer, type RestServerOptions } from './rest-server.ts';
