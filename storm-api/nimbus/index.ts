export { JarInbox } from './jar-inbox.ts';
export { logConfigOf } from './log-config.ts';
export { NimbusClient } from './nimbus-client.ts';
export { NimbusServer } from './nimbus-server.ts';
