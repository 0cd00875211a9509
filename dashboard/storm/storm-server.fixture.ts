import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StormConf } from '../../storm-api/index.ts';
import { TestProcesses } from '../process-view.fixture.ts';
import { RestServer } from '../rest-server.ts';
import { WorkerProfiling } from '../worker-profiling.ts';
import { StatisticsService } from './statistics-service.fixture.ts';

/** Storm's paths over a topology `words`, as a client of one version of Storm finds them. */
export class StormServer {
  readonly processes = new TestProcesses();
  readonly #folder = mkdtempSync(join(tmpdir(), 'gearstorm-storm-rest-'));
  /** Of the worker on port 6700. */
  readonly logFile = join(this.#folder, 'words', '6700', 'worker.log');
  readonly service = new StatisticsService('words', this.logFile);
  readonly profiler = new WorkerProfiling(this.service, this.processes);
  readonly #server: RestServer;
  /** Of `/api/v1`. */
  url = '';

  private constructor(stormVersion: string) {
    this.#server = new RestServer({
      drpc: () => [],
      service: this.service,
      ...{ host: '127.0.0.1', port: 0, stormVersion, pageFolder: this.#folder },
      actionsEnabled: true,
      processes: this.processes,
      profiler: this.profiler,
      defaultsOf: () => StormConf.empty,
      submission: {
        ...{ folder: join(this.#folder, 'uploads'), refusal: null, submitter: noSubmitter },
        uploadBytesMax: 1 << 20,
      },
      config: StormConf.of({ 'ui.port': 8080, 'storm.zookeeper.auth.payload': 'user:hunter2' }),
      ports: { nimbus: 6627, logviewer: 8000 },
      log: { warn: () => {}, error: () => {} },
    });
  }

  static async start(stormVersion: string): Promise<StormServer> {
    const started = new StormServer(stormVersion);
    const { host, port } = await started.#server.start();
    started.url = `http://${host}:${port}/api/v1`;
    return started;
  }

  async stop(): Promise<void> {
    await this.#server.stop();
    rmSync(this.#folder, { recursive: true });
  }

  async get(path: string) {
    const answer = await fetch(this.url + path);
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get('content-type'), text };
  }

  async page(path: string) {
    return JSON.parse((await this.get(path)).text);
  }

  async post(path: string, body?: object) {
    const json = { 'content-type': 'application/json' };
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: json };
    const answer = await fetch(this.url + path, { method: 'POST', redirect: 'manual', ...sent });
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      text: await answer.text(),
    };
  }
}

const noSubmitter = {
  mainsOf: async () => [],
  start: async () => {
    throw new Error('not asked for here');
  },
};
