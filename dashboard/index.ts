export { RestServer, type RestServerOptions } from './rest-server.ts';
