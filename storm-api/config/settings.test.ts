import { expect, it } from 'vitest';
import { ConfigError } from './errors.ts';
import { readSetting, settings } from './settings.ts';
import { StormConf } from './storm-conf.ts';

it('an absent or null key means the fallback', () => {
  const config = StormConf.fromJson('{"ui.port":null}');
  expect(readSetting(config, settings.uiPort)).toBe(8080);
  expect(readSetting(config, settings.uiHost)).toBe('127.0.0.1');
  expect(readSetting(config, settings.redisUrl)).toBeNull();
});

it('a value of the right kind is taken', () => {
  const config = StormConf.of({
    'ui.port': 0,
    'supervisor.slots.ports': [7000],
    'gearstorm.store': 'redis',
    'gearstorm.serve.keep.workers': true,
  });
  expect(readSetting(config, settings.uiPort)).toBe(0);
  expect(readSetting(config, settings.slotPorts)).toEqual([7000]);
  expect(readSetting(config, settings.store)).toBe('redis');
  expect(readSetting(config, settings.keepWorkers)).toBe(true);
});

it.each([
  ['{"ui.port":"8080"}', settings.uiPort, 'ui.port must be a number, not "8080"'],
  ['{"ui.port":65536}', settings.uiPort, 'ui.port takes whole numbers from 0 to 65535, not 65536'],
  ['{"ui.port":1.5}', settings.uiPort, 'ui.port takes whole numbers'],
  ['{"ui.host":7}', settings.uiHost, 'ui.host must be a string, not 7'],
  ['{"supervisor.slots.ports":6700}', settings.slotPorts, 'must be a list of numbers, not 6700'],
  ['{"supervisor.slots.ports":[1,1]}', settings.slotPorts, 'names a port twice: [1,1]'],
  ['{"gearstorm.store":"etcd"}', settings.store, 'must be one of level, redis, memory, not "etcd"'],
  [
    '{"gearstorm.serve.keep.workers":"yes"}',
    settings.keepWorkers,
    'must be true or false, not "yes"',
  ],
  ['{"topology.message.timeout.secs":0}', settings.messageTimeoutSecs, 'from 1 to'],
])('%s is refused with its key', (json, setting, sentence) => {
  const read = () => readSetting<unknown>(StormConf.fromJson(json), setting);
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(sentence);
});

it('every setting says what it does, in one sentence, under a key of its own', () => {
  const all = Object.values(settings);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  for (const { doc } of all) expect(doc).toMatch(/^[A-Z].*\.$/);
});
