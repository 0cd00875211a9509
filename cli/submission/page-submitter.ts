import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Program, RunListener, RunningProgram, Submitter } from '../../dashboard/index.ts';
import { readSetting, settings } from '../../storm-api/config/index.ts';
import type {
  StormConf,
  StormId,
  Topology,
  TopologyService,
  WorkerProfiler,
} from '../../storm-api/index.ts';
import { JarInbox, NimbusServer } from '../../storm-api/nimbus/index.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../errors.ts';
import { jarCommandLine } from '../java-client.ts';
import { javaMains } from './java-mains.ts';
import { endLeftPrograms, ProgramProcess } from './program-process.ts';
import { keepBack, passOn } from './run-service.ts';
import { ShownOutput } from './shown-output.ts';

const loopback = '127.0.0.1';

export interface PageSubmitterOptions {
  /** What the user's programs are run with; its own options are left out. */
  readonly context: CommandContext;
  readonly service: TopologyService;
  /** What Nimbus tells clients. */
  readonly config: StormConf;
  /** The cluster's configuration for a topology. */
  readonly configOf: (topology: Topology) => StormConf;
  readonly jarOf: (id: StormId) => string | null;
  readonly profiler: WorkerProfiler;
  /** For the runs' own folders; made when it is needed. */
  readonly folder: string;
  readonly logger: ConstructorParameters<typeof NimbusServer>[0]['logger'];
}

/**
 * Runs a program as `gearstorm jar` and `gearstorm submit` do, with a Nimbus of its own: what is
 * submitted there belongs to this run.
 */
export class PageSubmitter implements Submitter {
  readonly #options: PageSubmitterOptions;

  constructor(options: PageSubmitterOptions) {
    this.#options = options;
  }

  /**
   * Ends and removes what a serve that was killed has left here. To be called before any run. Never
   * throws: what users' programs did to their folders keeps no serve from starting.
   */
  async clearLeft(): Promise<void> {
    const { folder } = this.#options;
    endLeftPrograms(folder);
    await this.#remove(folder);
  }

  mainsOf(jar: string): Promise<readonly string[]> {
    return javaMains(jar);
  }

  async start(
    program: Program,
    mode: 'preview' | 'submit',
    listener: RunListener,
  ): Promise<RunningProgram> {
    const { service, config, configOf, folder: parent } = this.#options;
    await mkdir(parent, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(parent, 'run-'));
    const limits = { uploadBytesMax: readSetting(config, settings.uploadBytesMax) };
    const inbox = await JarInbox.open({ directory: join(folder, 'inbox'), limits });
    const runService =
      mode === 'preview' ? keepBack(service, configOf, listener) : passOn(service, listener);
    const nimbus = this.#nimbus(inbox, runService);
    const discard = async () => {
      await nimbus.stop();
      await inbox.close();
      await this.#remove(folder);
    };
    try {
      const { port } = await nimbus.start({ host: loopback, port: 0 });
      const output = new ShownOutput(program, folder, (text) => listener.onOutput(text));
      const child = new ProgramProcess({
        ...this.#commandLine(program, port),
        directory: folder,
        environment: this.#options.context.environment,
        marker: parent,
        onOutput: (text) => output.add(text),
        onEnd: (code, problem) => {
          output.end();
          void nimbus.stop().finally(() => listener.onEnd(code, problem));
        },
      });
      const stop = () => child.end('its user said so');
      return {
        stop,
        discard: async () => {
          stop();
          await child.ended;
          await discard();
        },
      };
    } catch (error) {
      await discard();
      throw error;
    }
  }

  /** A program may have made folders that nobody may write to, or be about to end and write still. */
  async #remove(folder: string): Promise<void> {
    try {
      await rm(folder, { recursive: true, force: true });
    } catch (error) {
      const message = 'what a program from the page left is not removed';
      this.#options.logger.warn({ err: error, folder }, message);
    }
  }

  #nimbus(inbox: JarInbox, service: TopologyService): NimbusServer {
    const { config, jarOf, logger, profiler } = this.#options;
    return new NimbusServer({ inbox, service, config, jarOf, logger, profiler });
  }

  /** @throws CommandError */
  #commandLine(program: Program, port: number) {
    const { path, kind, main, args, conf } = program;
    const context = this.#clientContext(conf, port);
    if (kind === 'jar') {
      if (main === null) throw new CommandError('name the class whose main is to be run');
      return jarCommandLine(context, { jar: path, className: main, args });
    }
    const launcher = join(context.paths.root, 'bin', 'gearstorm');
    const options = context.options.overrides.flatMap((each) => ['-c', each]);
    return {
      program: process.execPath,
      args: [launcher, ...options, 'submit', path, '--', ...args],
    };
  }

  /** As on a terminal with the same storm.yaml; the options that serve was started with are serve's own. */
  #clientContext(conf: readonly string[], port: number): CommandContext {
    const { context, config } = this.#options;
    const version = config.string('gearstorm.storm.version');
    const overrides = [
      ...(version === null ? [] : [`gearstorm.storm.version=${version}`]),
      ...conf,
      `nimbus.host=${loopback}`,
      `nimbus.thrift.port=${port}`,
    ];
    return { ...context, options: { configFile: context.options.configFile, overrides } };
  }
}
