import type { StormConf } from './storm-conf.ts';

const servers = 'storm.zookeeper.servers';
const port = 'storm.zookeeper.port';
const transactionalServers = 'transactional.zookeeper.servers';
const transactionalPort = 'transactional.zookeeper.port';

/**
 * A topology's configuration with the ZooKeeper that we bring, unless it names servers of its own;
 * one that only repeats the cluster's means the cluster's. Servers for transactional state that are
 * named without a port keep the port that they had.
 */
export function withOwnZooKeeper(
  topology: StormConf,
  cluster: StormConf,
  own: { readonly host: string; readonly port: number },
): StormConf {
  const named = topology.text(servers);
  if (named !== undefined && named !== cluster.text(servers)) return topology;
  const merged = cluster.merge(topology);
  const keepsPort =
    merged.get(transactionalServers) !== null && merged.get(transactionalPort) === null;
  const kept = keepsPort ? { [transactionalPort]: merged.get(port) } : {};
  return topology.with({ [servers]: [own.host], [port]: own.port, ...kept });
}
