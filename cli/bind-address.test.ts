import { expect, it } from 'vitest';
import { settings } from '../storm-api/config/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { bindAddress } from './bind-address.ts';

const servers = [settings.nimbusHost, settings.uiHost];

function address(index: number, conf: Readonly<Record<string, string | boolean>>): string {
  const setting = servers[index];
  if (setting === undefined) throw new Error('there is no such server');
  return bindAddress(StormConf.of(conf), setting);
}

it('only this machine reaches a server of which nothing is said', () => {
  expect([address(0, {}), address(1, {})]).toEqual(['127.0.0.1', '127.0.0.1']);
});

it.each(['0.0.0.0', '::', '192.168.1.7', '127.0.0.1.example.com', 'storm.example', '1270.0.0.1'])(
  'others reach it at %s only when that is said to be wanted',
  (host) => {
    const conf = { 'nimbus.host': host, 'ui.host': host };
    const wanted = { ...conf, 'gearstorm.allow.unauthenticated.bind': true };
    for (const index of [0, 1]) {
      expect(() => address(index, conf)).toThrow('gearstorm.allow.unauthenticated.bind');
      expect(address(index, wanted)).toBe(host);
    }
  },
);

it.each([
  ['storm.thrift.transport', 'backtype.storm.security.auth.digest.DigestSaslTransportPlugin'],
  ['nimbus.authorizer', 'backtype.storm.security.auth.authorizer.SimpleACLAuthorizer'],
  ['ui.filter', 'org.apache.hadoop.security.authentication.server.AuthenticationFilter'],
])('a %s that we do not have opens no server to others, and the refusal names it', (key, value) => {
  for (const index of [0, 1]) {
    const conf = { 'nimbus.host': '0.0.0.0', 'ui.host': '0.0.0.0', [key]: value };
    expect(() => address(index, conf)).toThrow(`without authentication; ${key} would not change`);
  }
});
