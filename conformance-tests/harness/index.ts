export { type CommandResult, mustRun, runCommand } from './command.ts';
export { Gearstorm, type GearstormOptions, jars, type Peeked } from './gearstorm.ts';
export { KafkaBroker, type KafkaBrokerOptions, type PrivateNetwork } from './kafka-broker.ts';
export { KafkaTopics } from './kafka-topics.ts';
export { isRunning, processesNaming, startedAtMs } from './processes.ts';
export { projectRoot } from './project-root.ts';
export { stormClient, stormLibraries } from './storm-client.ts';
export { type Surroundings, surroundings } from './surroundings.ts';
export { waitFor } from './wait-for.ts';
