import { delimiter } from 'node:path';
import type { Command } from '../hosts/index.ts';
import type { ZooKeeperAddress } from './on-demand-zookeeper.ts';

export interface ZooKeeperProgram {
  readonly java: string;
  /** Its own jars, absolute paths. */
  readonly classPath: readonly string[];
  /** Put after our options, so that they win. */
  readonly childOptions: readonly string[];
  /** Without a connection for as long it ends itself. */
  readonly idleSecs: number;
}

/** A log file is as long as this from its start, in KiB; ZooKeeper's own choice is 64 MiB. */
const logFileKilobytes = 1024;
/** Changes between snapshots, each of which lets older files go. */
const snapshotEvery = 20_000;

const options: readonly string[] = [
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  `-Dzookeeper.preAllocSize=${logFileKilobytes}`,
  `-Dzookeeper.snapCount=${snapshotEvery}`,
  // none: requests of a few local clients are handled where they are read, not handed to another thread
  '-Dzookeeper.nio.numWorkerThreads=0',
  '-Dzookeeper.admin.enableServer=false',
  '-Dzookeeper.4lw.commands.whitelist=srvr',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS',
];

/** Of jvm/zookeeper. */
export function zooKeeperCommand(
  { java, classPath, childOptions, idleSecs }: ZooKeeperProgram,
  dataFolder: string,
  { host, port }: ZooKeeperAddress,
): Command {
  const main = ['-cp', classPath.join(delimiter), 'gearstorm.zookeeper.Main'];
  const words = [dataFolder, host, String(port), String(idleSecs)];
  const args = [...options, ...childOptions, ...main, ...words];
  return { program: java, args, environment: new Map() };
}
