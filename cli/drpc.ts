import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import {
  type AccessList,
  callerServer,
  DrpcAccess,
  DrpcHttp,
  DrpcService,
  invocationServer,
  systemClock,
  WorkerRequests,
} from '../drpc/index.ts';
import { readSetting, settings } from '../storm-api/config/index.ts';
import type {
  DrpcFunctionSummary,
  DrpcRequests,
  StormConf,
  StormId,
  TopologyObserver,
} from '../storm-api/index.ts';
import { bindAddress, reachable } from './bind-address.ts';
import { type Address, listening } from './listening.ts';

export interface DrpcOptions {
  readonly config: StormConf;
  readonly logger: Logger;
  /** Without it the configuration says whether unknown functions are taken. */
  readonly acceptsUnknown?: boolean;
  /** null: everybody may call and serve. */
  readonly accessList: AccessList | null;
  /** Process ids of a topology's workers; null for a server that knows no topologies. */
  readonly workersOf: ((id: StormId) => readonly number[]) | null;
}

/** Where callers of functions find us. */
export interface CallerAddresses {
  readonly drpc: Address;
  readonly drpcHttp: Address;
}

const waitingLengthMax = 256 * 1024 * 1024;
const frameBytesMax = 16 * 1024 * 1024;
const fetchersMax = 4096;

/** The DRPC service with its three ports, as the configuration wants them. */
export class Drpc {
  readonly #options: DrpcOptions;
  readonly #service: DrpcService;
  readonly #access: DrpcAccess;
  readonly #host: string;
  readonly #stops: (() => Promise<void>)[] = [];

  /** @throws CommandError, ConfigError */
  constructor(options: DrpcOptions) {
    const { config } = options;
    this.#options = options;
    this.#host = bindAddress(config, settings.drpcHost);
    this.#access = new DrpcAccess({
      list: options.accessList,
      workersOf: process.platform === 'linux' ? options.workersOf : null,
    });
    this.#service = new DrpcService({
      clock: systemClock,
      newId: randomUUID,
      timeoutMs: 1000 * readSetting(config, settings.drpcRequestTimeoutSecs),
      limits: {
        requestsMax: readSetting(config, settings.drpcRequestsMax),
        functionRequestsMax: readSetting(config, settings.drpcFunctionRequestsMax),
        waitingLengthMax,
      },
      acceptsUnknown: options.acceptsUnknown ?? readSetting(config, settings.drpcAcceptUnknown),
    });
  }

  /** To be told of topologies. */
  get observer(): TopologyObserver {
    return this.#service;
  }

  /** For workers that control speaks with. @param invocations what `startInvocations` resolved to */
  requests({ host, port }: Address): DrpcRequests {
    const server = { host: reachable(host), port };
    return new WorkerRequests(this.#service, this.#access, server);
  }

  /** @throws CommandError when the port cannot be had */
  async startInvocations(): Promise<Address> {
    const { config } = this.#options;
    const server = invocationServer({ ...this.#parts(), connectionsMax: fetchersMax });
    this.#stops.push(() => server.stop());
    const address = { host: this.#host, port: readSetting(config, settings.drpcInvocationsPort) };
    return await listening('drpc.invocations.port', address, (at) => listen(server, at));
  }

  /** @throws CommandError when a port cannot be had */
  async startCallers(): Promise<CallerAddresses> {
    const { config, logger: log } = this.#options;
    const connectionsMax = readSetting(config, settings.drpcRequestsMax);
    const server = callerServer({ ...this.#parts(), connectionsMax });
    this.#stops.push(() => server.stop());
    const { service, access, frameBytesMax: bodyBytesMax } = this.#parts();
    const http = new DrpcHttp({ service, access, connectionsMax, bodyBytesMax, log });
    this.#stops.push(() => http.stop());
    const host = this.#host;
    const address = { host, port: readSetting(config, settings.drpcPort) };
    const httpAddress = { host, port: readSetting(config, settings.drpcHttpPort) };
    return {
      drpc: await listening('drpc.port', address, (at) => listen(server, at)),
      drpcHttp: await listening('drpc.http.port', httpAddress, (at) => listen(http, at)),
    };
  }

  /** What became of requests, by function. */
  summarize(): readonly DrpcFunctionSummary[] {
    return this.#service.summarize();
  }

  /** Answers every caller and takes no more requests. */
  close(): void {
    this.#service.close();
  }

  async stop(): Promise<void> {
    this.close();
    // What was just answered is written in this turn.
    await new Promise((resolve) => setImmediate(resolve));
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
  }

  #parts() {
    const { config, logger } = this.#options;
    const configured = readSetting(config, settings.drpcMaxBufferBytes);
    const longest = Math.max(frameBytesMax, configured);
    return { service: this.#service, access: this.#access, logger, frameBytesMax: longest };
  }
}

/** The configuration of topologies that name no DRPC server: ours, on the port that it really has. */
export function withDrpcServers(config: StormConf, { host, port }: Address): StormConf {
  const servers = readSetting(config, settings.drpcServers);
  return config.with({
    'drpc.servers': servers.length === 0 ? [reachable(host)] : servers,
    'drpc.invocations.port': port,
  });
}

async function listen(
  server: { start(address: Address): Promise<{ address: string; port: number }> },
  at: Address,
): Promise<Address> {
  const { address: host, port } = await server.start(at);
  return { host, port };
}
