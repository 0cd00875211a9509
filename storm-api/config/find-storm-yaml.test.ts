import { expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { findStormYaml, type StormYamlSearch } from './find-storm-yaml.ts';

const plain: StormYamlSearch = {
  configOption: null,
  role: 'client',
  env: {},
  homeDirectory: '/home/me',
  workingDirectory: '/here',
};

function find(search: Partial<StormYamlSearch>, ...files: string[]): string | null {
  return findStormYaml({ ...plain, ...search }, (path) => files.includes(path));
}

const inHome = '/home/me/.storm/storm.yaml';

it('clients prefer the file in the home directory, daemons do not look there', () => {
  const env = { STORM_CONF_DIR: '/etc/storm' };
  const files = [inHome, '/etc/storm/storm.yaml'];
  expect(find({ env }, ...files)).toBe(inHome);
  expect(find({ env, role: 'daemon' }, ...files)).toBe('/etc/storm/storm.yaml');
  expect(find({ role: 'daemon' }, inHome)).toBeNull();
});

it('STORM_CONF_DIR comes before conf in STORM_HOME', () => {
  const files = ['/etc/storm/storm.yaml', '/opt/storm/conf/storm.yaml'];
  expect(find({ env: { STORM_HOME: '/opt/storm' } }, ...files)).toBe('/opt/storm/conf/storm.yaml');
  const both = { STORM_HOME: '/opt/storm', STORM_CONF_DIR: '/etc/storm' };
  expect(find({ env: both }, ...files)).toBe('/etc/storm/storm.yaml');
  expect(find({ env: { STORM_CONF_DIR: '' } }, ...files)).toBeNull();
});

it('--config wins, as a path or as a file of the conf directory', () => {
  expect(find({ configOption: 'my.yaml' }, '/here/my.yaml', inHome)).toBe('/here/my.yaml');
  expect(find({ configOption: '/abs/my.yaml' }, '/abs/my.yaml')).toBe('/abs/my.yaml');
  const env = { STORM_CONF_DIR: '/etc/storm' };
  expect(find({ configOption: 'my.yaml', env }, '/etc/storm/my.yaml')).toBe('/etc/storm/my.yaml');
});

it('--config without its file is an error, not a silent default', () => {
  const search = () => find({ configOption: 'gone.yaml' }, inHome);
  expect(search).toThrow(ConfigError);
  expect(search).toThrow('--config gone.yaml: there is no such file');
});
