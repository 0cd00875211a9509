import { hostname } from 'node:os';
import { InvalidTopologyError, type StateClaim, type StormConf } from '../../storm-api/index.ts';

/** A topology and where in ZooKeeper it numbers its batches. */
export interface Claim {
  readonly name: string;
  readonly statePlaces: readonly string[];
}

const loopbackNames = /^(localhost(\.localdomain|4|6)?|127(\.\d+){1,3}|\[?::1\]?|0\.0\.0\.0)$/;

/** What ours listens at. */
const thisMachine = '127.0.0.1';

/**
 * Where Storm's TransactionalState keeps what belongs to these ids: a server and the path, for each
 * server of the ensemble, because two topologies may name different ones of it. Two topologies at one
 * place would both move the number of the last batch, and their sources.
 */
export function statePlaces(ids: readonly string[], config: StormConf): readonly string[] {
  const servers = [ownOrStorms(config, 'servers')].flat();
  const port = ownOrStorms(config, 'port');
  const root = config.get('transactional.zookeeper.root');
  return ids.flatMap((id) => servers.map((server) => placeOf(server, `${port}${root}/${id}`)));
}

function placeOf(server: unknown, portAndPath: string): string {
  return `${JSON.stringify([serverName(server)])}:${portAndPath}`;
}

/** What stands in front of a place's port: JSON, in whose names there may be anything. */
const serversOfPlace = /^(\[(?:"(?:[^"\\]|\\.)*"|[^"\]])*\]|"(?:[^"\\]|\\.)*"|null):/;

/** The same in the form of today: earlier builds wrote all servers into one place, as they were named. */
export function renewedPlaces(places: readonly string[]): readonly string[] {
  return places.flatMap((place) => {
    const [start, servers] = serversOfPlace.exec(place) ?? [];
    if (start === undefined || servers === undefined) return place;
    const names: readonly unknown[] = [JSON.parse(servers)].flat();
    return names.map((name) => placeOf(name, place.slice(start.length)));
  });
}

/** One name for each of the many that this machine has; those of others are compared as they are. */
function serverName(server: unknown): unknown {
  if (typeof server !== 'string') return server;
  const name = server.trim().toLowerCase();
  const isOurs = loopbackNames.test(name) || name === hostname().toLowerCase();
  return isOurs ? thisMachine : name;
}

/** Those of the claims that are in the ZooKeeper at this address alone. */
export function stateClaims(
  claims: readonly Claim[],
  { host, port }: { readonly host: string; readonly port: number },
): readonly StateClaim[] {
  const server = placeOf(host, `${port}`);
  return claims.flatMap(({ name, statePlaces: places }) =>
    places
      .filter((place) => place.startsWith(`${server}/`))
      .map((place) => ({ topology: name, path: place.slice(server.length) })),
  );
}

/** The ZooKeeper that topologies find which name none. */
export interface OwnZooKeeper {
  readonly address: { readonly host: string; readonly port: number };
  /** Resolves when it answers, or cannot be started, which the log says. */
  start(): Promise<void>;
}

/** @throws InvalidTopologyError when one of the others keeps its batches at a place of this one */
export function checkStatePlaces(
  { name, statePlaces: own }: Claim,
  others: readonly Claim[],
): void {
  for (const other of others.filter((each) => each.name !== name)) {
    const place = own.find((each) => other.statePlaces.includes(each));
    if (place === undefined) continue;
    const path = place.slice(place.indexOf('/'));
    throw new InvalidTopologyError(
      `${name} keeps the number of its batches in ZooKeeper at ${path}, as ${other.name} does, which is alive: ` +
        'give its transactional stream another id, or set transactional.zookeeper.root to another path',
    );
  }
}

function ownOrStorms(config: StormConf, key: string): unknown {
  return config.get(`transactional.zookeeper.${key}`) ?? config.get(`storm.zookeeper.${key}`);
}
