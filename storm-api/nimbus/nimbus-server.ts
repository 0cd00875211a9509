import type { StormConf } from '../config/storm-conf.ts';
import { dispatcher } from '../thrift/dispatcher.ts';
import {
  defaultServerLimits,
  FramedServer,
  type Logger,
  type ServerLimits,
} from '../thrift/framed-server.ts';
import { nimbusMethods } from '../thrift/nimbus-service.ts';
import type { TopologyService } from '../topology-service.ts';
import type { WorkerProfiler } from '../worker-profiler.ts';
import { JarDownloads, type JarLookup } from './jar-downloads.ts';
import type { JarInbox } from './jar-inbox.ts';
import { nimbusHandlers } from './nimbus-handlers.ts';
import { toFailure } from './thrift-errors.ts';

const inboxSweepMs = 60_000;
/** The newest release whose clients need nothing that we lack. */
const defaultVersion = '0.9.7';

export interface NimbusOptions {
  readonly service: TopologyService;
  readonly profiler: WorkerProfiler;
  /** Stays its maker's to close. */
  readonly inbox: JarInbox;
  /** Nimbus's own configuration, told to clients without its secrets. */
  readonly config: StormConf;
  readonly jarOf: JarLookup;
  readonly logger: Logger;
  readonly limits?: ServerLimits;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Storm's Nimbus for its Thrift clients: framed, binary, without authentication. */
export class NimbusServer {
  readonly #inbox: JarInbox;
  readonly #downloads: JarDownloads;
  readonly #server: FramedServer;
  readonly #logger: Logger;
  #port = 0;
  #sweep: NodeJS.Timeout | null = null;

  constructor({ service, profiler, inbox, config, jarOf, logger, limits }: NimbusOptions) {
    this.#inbox = inbox;
    this.#logger = logger;
    this.#downloads = new JarDownloads(jarOf);
    const version = config.string('gearstorm.storm.version') ?? defaultVersion;
    const handlers = nimbusHandlers({
      service,
      profiler,
      inbox,
      downloads: this.#downloads,
      config,
      identity: () => ({ port: this.#port, version }),
    });
    const handle = dispatcher({ methods: nimbusMethods, handlers, toFailure, logger });
    this.#server = new FramedServer(handle, logger, limits ?? limitsFor(config));
  }

  /** @param address port 0 takes any free one. @throws the system's error, such as EADDRINUSE */
  async start(address: Address): Promise<Address> {
    const { address: host, port } = await this.#server.start(address);
    this.#port = port;
    this.#sweep = setInterval(() => this.#expireUploads(), inboxSweepMs).unref();
    return { host, port };
  }

  async stop(): Promise<void> {
    if (this.#sweep !== null) clearInterval(this.#sweep);
    await this.#server.stop();
    await this.#downloads.close();
  }

  #expireUploads(): void {
    this.#inbox.expire().catch((error: unknown) => {
      this.#logger.error({ err: error }, 'could not remove old uploads');
    });
  }
}

/** Storm's own limit is for small clusters; ours only grows with it. */
function limitsFor(config: StormConf): ServerLimits {
  const configured = config.number('nimbus.thrift.max_buffer_size') ?? 0;
  const frameBytesMax = Math.max(defaultServerLimits.frameBytesMax, configured);
  return { ...defaultServerLimits, frameBytesMax };
}
