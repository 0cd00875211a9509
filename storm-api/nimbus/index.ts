export { JarInbox } from './jar-inbox.ts';
export { NimbusClient } from './nimbus-client.ts';
export { NimbusServer } from './nimbus-server.ts';
