export { ConfigError } from './errors.ts';
export { clusterConfDirectory, findStormYaml, type StormYamlSearch } from './find-storm-yaml.ts';
export { jarsIn } from './jars-in.ts';
export { type ConfigSources, loadStormConfig } from './load-storm-config.ts';
export { namedGeneration } from './named-generation.ts';
export { withOwnZooKeeper } from './own-zookeeper.ts';
export { parseYaml } from './parse-yaml.ts';
export { redact } from './redact.ts';
export { readSetting, type Setting, settings } from './settings.ts';
