import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { openPackageOptions } from '../runtime/hosts/index.ts';
import { clusterConfDirectory } from '../storm-api/config/index.ts';
import type { CommandContext } from './command-context.ts';
import {
  clientConfiguration,
  clientGeneration,
  clusterConfiguration,
  stormYaml,
} from './configuration.ts';
import { CommandError } from './errors.ts';
import { extensionJars } from './extension-jars.ts';
import { splitShellWords } from './shell-words.ts';

export interface JavaCommand {
  readonly program: string;
  readonly args: readonly string[];
}

/** A main with its arguments, and the jar that brings it. */
export interface JavaProgram {
  readonly jar: string;
  readonly className: string;
  readonly args: readonly string[];
}

/** Storm's own jars of the client, and what this machine adds to them. @throws CommandError */
export function clientLibraries(context: CommandContext): readonly string[] {
  const generation = clientGeneration(context);
  return [...context.paths.stormLibraries(generation), ...extensionJars(context, generation)];
}

/**
 * The command line that `storm jar` runs: the user's main with Storm's own client on the class path,
 * and before it what runs topologies of a LocalCluster in that JVM.
 *
 * @param agents options of the JVM that load one
 */
export function jarCommandLine(
  context: CommandContext,
  { jar, className, args }: JavaProgram,
  agents: readonly string[] = [],
): JavaCommand {
  const generation = clientGeneration(context);
  const stormHome = context.paths.stormHome(generation);
  const { environment, options, paths } = context;
  const archive = paths.clientArchive(generation);
  const yaml = stormYaml(context, 'client');
  const conf = yaml === null ? clusterConfDirectory(environment) : dirname(yaml);
  const confFolder = conf === null ? [] : [conf];
  const confFile = yaml === null || options.configFile === null ? '' : basename(yaml);
  const logs = clusterConfiguration(context, generation).string('storm.log.dir');
  const { JAVA_HOME: javaHome, STORM_JAR_JVM_OPTS: jvmOptions } = environment;
  return {
    program: javaHome ? join(javaHome, 'bin', 'java') : 'java',
    args: [
      '-client',
      `-Dstorm.options=${options.overrides.map(formEncoded).join(',')}`,
      `-Dstorm.home=${stormHome}`,
      `-Dstorm.log.dir=${logs ?? join(stormHome, 'logs')}`,
      `-Djava.library.path=${clientConfiguration(context).string('java.library.path') ?? ''}`,
      `-Dstorm.conf.file=${confFile}`,
      ...openPackageOptions,
      `-Dgearstorm.node=${process.execPath}`,
      ...(yaml === null || options.configFile === null ? [] : [`-Dgearstorm.config=${yaml}`]),
      ...(existsSync(archive) ? [`-XX:SharedArchiveFile=${archive}`] : []),
      '-cp',
      [...paths.localPath(generation), ...clientLibraries(context), jar, ...confFolder].join(
        delimiter,
      ),
      ...splitShellWords(jvmOptions ?? ''),
      ...agents,
      `-Dstorm.jar=${jar}`,
      className,
      ...args,
    ],
  };
}

/** As Java's URLDecoder reads it. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

const localMain = 'gearstorm.local0x.LocalMain';

interface LocalOptions {
  /** How long what the main leaves running goes on. */
  readonly ttlSecs: number;
  /** For the JVM's debugging agent; null for none. */
  readonly debug: string | null;
}

/** The same main where StormSubmitter submits to that JVM too, and what it leaves running ends. */
export function localCommandLine(
  context: CommandContext,
  { jar, className, args }: JavaProgram,
  { ttlSecs, debug }: LocalOptions,
): JavaCommand {
  const main = { jar, className: localMain, args: [String(ttlSecs), className, ...args] };
  return jarCommandLine(context, main, debug === null ? [] : [`-agentlib:jdwp=${debug}`]);
}

/**
 * Runs it in our place: same terminal, same environment, and signals pass through.
 *
 * @param advice for whom it cannot be started
 * @returns what a shell would see as its exit code
 * @throws CommandError when the program cannot be started
 */
export function runInPlace(
  { program, args }: JavaCommand,
  advice = 'install Java or set JAVA_HOME',
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const forward = (signal: NodeJS.Signals) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    child.on('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'ENOENT' ? 'there is no such program' : error.message;
      reject(new CommandError(`${program} cannot be started (${reason}): ${advice}`));
    });
    child.on('close', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
