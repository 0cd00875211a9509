import { ConfigError } from './errors.ts';
import { parseYaml } from './parse-yaml.ts';
import { StormConf } from './storm-conf.ts';

export interface ConfigSources {
  /** Text of the defaults.yaml inside Storm's own jar. */
  readonly defaultsYaml: string;
  /** null when the user has no storm.yaml. */
  readonly stormYaml: { readonly text: string; readonly path: string } | null;
  /** `key=value` as given with `-c`, in their order. */
  readonly overrides: readonly string[];
}

/**
 * The configuration as Storm's tools see it: defaults.yaml < storm.yaml < `-c`, merged key by key;
 * a list or map replaces the one below it whole.
 * @throws ConfigError
 */
export function loadStormConfig({ defaultsYaml, stormYaml, overrides }: ConfigSources): StormConf {
  const defaults = parseYaml(defaultsYaml, 'defaults.yaml');
  const own = stormYaml === null ? StormConf.empty : parseYaml(stormYaml.text, stormYaml.path);
  return overrides
    .map(parseOverride)
    .reduce((below, above) => below.merge(above), defaults.merge(own));
}

/** The value is JSON if it can be read as JSON, else it is the text itself. */
function parseOverride(override: string): StormConf {
  const equals = override.indexOf('=');
  const key = override.slice(0, equals).trim();
  if (equals === -1 || key === '') {
    throw new ConfigError(`-c ${override}: expected key=value`);
  }
  const value = override.slice(equals + 1);
  const json = isJson(value) ? value : JSON.stringify(value);
  return StormConf.fromJson(`{${JSON.stringify(key)}:${json}}`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
