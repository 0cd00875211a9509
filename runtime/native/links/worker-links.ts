import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Processor } from '../../../translator/index.ts';
import { ValueEncoder } from '../../wire/index.ts';
import { ComponentConfig } from '../component-config.ts';
import type { Loop } from '../cycle-budget.ts';
import type { Fabric } from '../fabric.ts';
import { mailboxRoom } from '../flow-limits.ts';
import type { Room } from '../mailbox.ts';
import type { Source } from '../native-tuple.ts';
import { type Arrivals, InboundLink } from './inbound-link.ts';
import { InboundPeer } from './inbound-peer.ts';
import { type LinkSettings, socketOf } from './link-settings.ts';
import { OutboundLink } from './outbound-link.ts';

/** The connections of one worker with the others of its topology. */
export class WorkerLinks {
  readonly #fabric: Fabric;
  readonly #settings: LinkSettings;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #outbound = new Map<number, OutboundLink>();
  readonly #inbound = new Map<number, InboundPeer>();
  readonly #encoder = new ValueEncoder();

  /** The executors of this worker are in the fabric; the ways to all others are put there. */
  constructor(fabric: Fabric, settings: LinkSettings) {
    this.#fabric = fabric;
    this.#settings = settings;
    const arrivals = this.#arrivals([...fabric.inlets], [...fabric.rootOwners]);
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      new InboundLink(socket, settings, arrivals);
    });
    this.#addWays();
  }

  /** Resolves when peers can connect. @throws Error when the socket cannot be opened */
  async start(): Promise<void> {
    const path = socketOf(this.#settings, this.#settings.worker);
    rmSync(path, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(path, resolve);
    });
    for (const link of this.#outbound.values()) link.start();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    for (const link of this.#outbound.values()) link.close();
  }

  #arrivals(inlets: Fabric['inlets'], rootOwners: Fabric['rootOwners']): Arrivals {
    const { sources, processors, componentOfTask } = this.#fabric;
    const sourcesOf = new Map<number, readonly Source[]>();
    for (const [task, component] of componentOfTask) {
      sourcesOf.set(
        task,
        sources.filter((source) => source.component === component),
      );
    }
    return {
      inlet: (task) => inlets[task],
      rootOwner: (task) => rootOwners[task],
      source: (task, stream) => sourcesOf.get(task)?.[stream],
      isInLoop: ({ component }, { cycle }) =>
        cycle !== null && processors.get(component)?.cycle === cycle,
      peer: (worker) => this.#peer(worker),
    };
  }

  #peer(worker: number): InboundPeer | null {
    const isOne = this.#fabric.plan.workers.some(({ index }) => index === worker);
    if (!isOne || worker === this.#settings.worker) return null;
    const peer = this.#inbound.get(worker) ?? new InboundPeer(worker, (task) => this.#room(task));
    this.#inbound.set(worker, peer);
    return peer;
  }

  #room(task: number): Room {
    const component = this.#fabric.componentOfTask.get(task) ?? '';
    return mailboxRoom(new ComponentConfig(this.#fabric, component));
  }

  /** Only to tasks that executors of this worker may send to, and to the spouts of all others. */
  #addWays(): void {
    const targets = this.#targets();
    for (const processor of this.#fabric.plan.processors) {
      for (const task of processor.tasks) this.#addWay(processor, task, targets.has(task));
    }
  }

  #addWay({ kind, cycle }: Processor, task: number, isTarget: boolean): void {
    const { inlets, rootOwners } = this.#fabric;
    const worker = this.#settings.taskWorkers.get(task);
    if (worker === undefined || worker === this.#settings.worker) return;
    if (isTarget) inlets[task] = this.#link(worker).inlet(task, this.#loop(cycle));
    if (kind === 'spout') rootOwners[task] = this.#link(worker);
  }

  #loop(cycle: number | null): Loop | null {
    const budget = cycle === null ? undefined : this.#fabric.cycles.get(cycle);
    return cycle === null || budget === undefined ? null : { ordinal: cycle, budget };
  }

  /** A custom grouping may choose any task. */
  #targets(): ReadonlySet<number> {
    const { plan } = this.#fabric;
    const local = plan.executors.filter(({ worker }) => worker === this.#settings.worker);
    const components = new Set(local.map(({ component }) => component));
    const routes = plan.routes.filter(({ source }) => components.has(source));
    const isFree = routes.some(({ choice }) => choice.kind === 'custom');
    const bolts = plan.processors.filter(({ kind }) => kind !== 'spout');
    const anyTasks = isFree ? bolts.flatMap(({ tasks }) => tasks) : [];
    return new Set<number>([...anyTasks, ...routes.flatMap(({ targetTasks }) => targetTasks)]);
  }

  #link(worker: number): OutboundLink {
    const known = this.#outbound.get(worker);
    if (known !== undefined) return known;
    const { rootOwners } = this.#fabric;
    const link = new OutboundLink(worker, this.#settings, this.#encoder, rootOwners);
    this.#outbound.set(worker, link);
    return link;
  }
}
