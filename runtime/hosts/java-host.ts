import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { InspectionRequest, WorkerAssignment } from '../wire/index.ts';
import type { Command, ComponentHost, WorkerLaunch } from './component-host.ts';
import { HostUnavailableError } from './errors.ts';
import { inspectionOptions, workerOptions } from './java-options.ts';
import { topologyEnvironment } from './topology-environment.ts';

const javaVersionMin = 17;
const versionTimeoutMs = 20_000;

export interface JavaHostOptions {
  /** Jars of the component host. */
  readonly classPath: readonly string[];
  /**
   * By generation, files that hold the classes of the host, the bridge and Storm's libraries as a
   * JVM keeps them in memory; one that does not exist is done without.
   */
  readonly archives: ReadonlyMap<string, string>;
  readonly environment: JavaEnvironment;
}

/** Of our own environment, what decides how Java runs. */
export interface JavaEnvironment {
  /** As the JDK's own tools do: before the PATH. */
  readonly JAVA_HOME?: string | undefined;
  /** The first of these that is set names the encoding in which a JVM reads file names. */
  readonly LC_ALL?: string | undefined;
  readonly LC_CTYPE?: string | undefined;
  readonly LANG?: string | undefined;
}

/** What a topology is loaded from. */
type ClassPaths = Pick<
  WorkerAssignment | InspectionRequest,
  'generation' | 'bridgePath' | 'classPath'
>;

/** Starts component hosts of jvm/host. */
export class JavaHost implements ComponentHost {
  readonly #java: string;
  readonly #options: JavaHostOptions;
  readonly #readsUnicode: boolean;

  constructor(options: JavaHostOptions) {
    const { LC_ALL, LC_CTYPE, LANG } = options.environment;
    this.#readsUnicode = /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
    this.#java = javaProgram(options.environment);
    this.#options = options;
  }

  async check(): Promise<void> {
    const version = await this.#version();
    if (version < javaVersionMin) {
      throw new HostUnavailableError(
        `${this.#java} is Java ${version}: Gearstorm needs Java ${javaVersionMin} or newer (set JAVA_HOME)`,
      );
    }
  }

  workerCommand(launch: WorkerLaunch): Command {
    const { assignment, assignmentFile, config } = launch;
    const options = [...this.#archive(assignment), ...workerOptions(launch)];
    const main = [...this.#main(assignment), 'worker', assignmentFile];
    return this.#command([...options, ...main], topologyEnvironment(config));
  }

  inspectionCommand(request: InspectionRequest, requestFile: string): Command {
    const options = [...this.#archive(request), ...inspectionOptions];
    return this.#command([...options, ...this.#main(request), 'inspect', requestFile], {});
  }

  #command(args: readonly string[], environment: Readonly<Record<string, string>>): Command {
    const all = { ...this.#locale(args), ...environment };
    return { program: this.#java, args, environment: new Map(Object.entries(all)) };
  }

  /** A JVM in another locale cannot open the files that its own command line names. */
  #locale(args: readonly string[]): Readonly<Record<string, string>> {
    const isAscii = args.every((arg) => Buffer.byteLength(arg) === arg.length);
    return isAscii || this.#readsUnicode ? {} : { LC_ALL: 'C.UTF-8' };
  }

  /** Before the user's options, so that theirs win. A JVM that it does not fit goes without a word. */
  #archive({ generation }: ClassPaths): readonly string[] {
    const file = this.#options.archives.get(generation);
    return file !== undefined && existsSync(file) ? [`-XX:SharedArchiveFile=${file}`] : [];
  }

  /** What an archive holds comes first: it fits no class path that begins with anything else. */
  #main({ bridgePath, classPath }: ClassPaths): readonly string[] {
    const entries = [...this.#options.classPath, ...bridgePath, ...classPath];
    return ['-cp', entries.join(delimiter), 'gearstorm.host.Main'];
  }

  async #version(): Promise<number> {
    const text = await this.#versionText();
    const found = /version "(?:1\.)?(\d+)/.exec(text)?.[1];
    if (found === undefined) {
      throw new HostUnavailableError(
        `${this.#java} is no Java: its -version says nothing that names a version (set JAVA_HOME)`,
      );
    }
    return Number(found);
  }

  async #versionText(): Promise<string> {
    try {
      const { stdout, stderr } = await promisify(execFile)(this.#java, ['-version'], {
        timeout: versionTimeoutMs,
      });
      return stderr + stdout;
    } catch (cause) {
      const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
      throw new HostUnavailableError(
        missing
          ? `no Java found (${this.#java}): install a JDK ${javaVersionMin} or newer, or set JAVA_HOME`
          : `${this.#java} -version failed: ${cause instanceof Error ? cause.message.trim() : cause}`,
        { cause },
      );
    }
  }
}

export function javaProgram({ JAVA_HOME: home }: JavaEnvironment): string {
  return home === undefined || home === '' ? 'java' : join(home, 'bin', 'java');
}
