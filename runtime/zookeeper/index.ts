export { OnDemandZooKeeper, type ZooKeeperAddress } from './on-demand-zookeeper.ts';
export { zooKeeperCommand } from './zookeeper-command.ts';
