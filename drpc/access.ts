import type { StormId } from '../storm-api/index.ts';
import {
  type ConnectionEnds,
  holdsSocket,
  type PeerSocket,
  peerSocket,
  userName,
} from '../storm-api/peer/index.ts';
import type { AccessList, DrpcRole } from './access-list.ts';
import { DrpcError } from './errors.ts';

export interface AccessOptions {
  /** null: nothing is limited to users. */
  readonly list: AccessList | null;
  /**
   * Process ids of a topology's workers. null where we cannot tell whose process is at the other end
   * of a connection, or know no topologies: then any may serve any function.
   */
  readonly workersOf: ((id: StormId) => readonly number[]) | null;
}

/** Serving is asked again and again over one connection; its process stays the same. */
interface KnownPeer {
  readonly socket: PeerSocket;
  readonly topologies: Set<StormId>;
}

/**
 * Who may call and serve functions. Nobody is asked who he is: the system knows whose process is at
 * the other end of a connection within this machine.
 */
export class DrpcAccess {
  readonly #options: AccessOptions;
  readonly #peers = new WeakMap<ConnectionEnds, KnownPeer>();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** @throws DrpcError when the list does not name the caller's user. */
  async checkCaller(name: string, ends: ConnectionEnds): Promise<void> {
    await this.#checkUser('call', name, ends);
  }

  /**
   * @param ends the same object for all calls of one connection
   * @param topologies those that serve the function; empty when none of ours does
   * @returns the one whose worker it is; null when that is not known
   * @throws DrpcError when the connection is not one of their workers', or not of the user that the
   *     list names
   */
  async checkServer(
    name: string,
    ends: ConnectionEnds,
    topologies: readonly StormId[],
  ): Promise<StormId | null> {
    await this.#checkUser('serve', name, ends);
    const { workersOf } = this.#options;
    if (workersOf === null || topologies.length === 0) return null;
    const peer = await this.#peer(ends);
    const known = topologies.find((id) => peer?.topologies.has(id) === true);
    if (known !== undefined) return known;
    const found = peer === null ? null : await findWorker(peer, topologies, workersOf);
    if (found === null) throw notServed(name, topologies);
    return found;
  }

  /**
   * The same for a worker that control knows: its user is ours.
   * @throws DrpcError
   */
  async checkWorker(
    name: string,
    topology: StormId,
    topologies: readonly StormId[],
  ): Promise<void> {
    if (!topologies.includes(topology)) throw notServed(name, topologies);
    const { list } = this.#options;
    if (list?.limits(name)) list.check('serve', name, await userName(process.getuid?.() ?? -1));
  }

  async #checkUser(role: DrpcRole, name: string, ends: ConnectionEnds): Promise<void> {
    const { list } = this.#options;
    if (list === null || !list.limits(name)) return;
    const peer = await this.#peer(ends);
    list.check(role, name, peer === null ? null : await userName(peer.socket.uid));
  }

  async #peer(ends: ConnectionEnds): Promise<KnownPeer | null> {
    const known = this.#peers.get(ends);
    if (known !== undefined) return known;
    const socket = await peerSocket(ends);
    if (socket === null) return null;
    const peer = { socket, topologies: new Set<StormId>() };
    this.#peers.set(ends, peer);
    return peer;
  }
}

function notServed(name: string, topologies: readonly StormId[]): DrpcError {
  const who = topologies.length === 0 ? 'no workers at all' : 'only workers of ';
  return new DrpcError(
    'unauthorized',
    `${who}${topologies.join(' and ')} may serve the function ${JSON.stringify(name)}`,
  );
}

async function findWorker(
  { socket, topologies: found }: KnownPeer,
  topologies: readonly StormId[],
  workersOf: (id: StormId) => readonly number[],
): Promise<StormId | null> {
  for (const id of topologies) {
    for (const pid of workersOf(id)) {
      if (await holdsSocket(pid, socket)) {
        found.add(id);
        return id;
      }
    }
  }
  return null;
}
