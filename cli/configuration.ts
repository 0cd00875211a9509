import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import {
  ConfigError,
  type ConfigSources,
  findStormYaml,
  loadStormConfig,
  namedGeneration,
  readSetting,
  settings,
} from '../storm-api/config/index.ts';
import type { Generation, StormConf } from '../storm-api/index.ts';
import { reachable } from './bind-address.ts';
import type { CommandContext } from './command-context.ts';
import type { UiAddress } from './line-client.ts';
import { clientGenerationDefault, type ProductPaths } from './product-paths.ts';

/**
 * What client commands use, over the defaults of their release: ~/.storm/storm.yaml if there is one.
 * @throws ConfigError, InvalidTopologyError
 */
export function clientConfiguration(context: CommandContext): StormConf {
  return load(context, 'client', clientGeneration(context));
}

/**
 * What serve uses, over the defaults of Storm's client or of the generation.
 * @throws ConfigError
 */
export function clusterConfiguration(context: CommandContext, generation?: Generation): StormConf {
  return load(context, 'daemon', generation);
}

/** What Storm itself has where nobody says anything. @throws ConfigError */
export function stormDefaults(paths: ProductPaths, generation: Generation): StormConf {
  const defaultsYaml = defaultsText(paths.defaultsYaml(generation));
  return loadStormConfig({ defaultsYaml, stormYaml: null, overrides: [] });
}

/** Whether the user says where ZooKeeper is, in storm.yaml or by an option. @throws ConfigError */
export function namesZooKeeper(context: CommandContext): boolean {
  return loadStormConfig({ ...usersOwn(context, 'daemon'), defaultsYaml: '' }).has(
    'storm.zookeeper.servers',
  );
}

function load(
  context: CommandContext,
  role: 'client' | 'daemon',
  generation?: Generation,
): StormConf {
  return loadStormConfig({
    ...usersOwn(context, role),
    defaultsYaml: defaultsText(context.paths.defaultsYaml(generation)),
  });
}

function usersOwn(
  context: CommandContext,
  role: 'client' | 'daemon',
): Omit<ConfigSources, 'defaultsYaml'> {
  const path = stormYaml(context, role);
  return {
    stormYaml: path === null ? null : { text: textOf(path), path },
    overrides: context.options.overrides,
  };
}

/**
 * Whose client `jar` runs: the Storm release that gearstorm.storm.version names, else our usual one.
 * @throws ConfigError, InvalidTopologyError when it names one that we do not run
 */
export function clientGeneration(context: CommandContext): Generation {
  const own = loadStormConfig({ ...usersOwn(context, 'client'), defaultsYaml: '' });
  return namedGeneration(own) ?? clientGenerationDefault;
}

/** The storm.yaml that counts for the role; null when there is none. @throws ConfigError */
export function stormYaml(
  { options, environment }: CommandContext,
  role: 'client' | 'daemon',
): string | null {
  return findStormYaml({
    configOption: options.configFile,
    role,
    env: environment,
    homeDirectory: environment['HOME'] ?? homedir(),
    workingDirectory: process.cwd(),
  });
}

/** Where this command's serve has its page. @throws ConfigError */
export function uiAddress(context: CommandContext): UiAddress {
  const config = clientConfiguration(context);
  return {
    host: reachable(readSetting(config, settings.uiHost)),
    port: readSetting(config, settings.uiPort),
  };
}

function defaultsText(path: string): string {
  if (existsSync(path)) return textOf(path);
  throw new ConfigError(`${path} is missing: run "npm run setup" first`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`${path} cannot be read`, { cause: error });
  }
}
