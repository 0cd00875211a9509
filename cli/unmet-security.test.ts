import { expect, it } from 'vitest';
import { StormConf } from '../storm-api/index.ts';
import { unmetSecurity } from './unmet-security.ts';

it('nothing is missing where a storm.yaml says what Storm has by default', () => {
  const conf = {
    'storm.thrift.transport': 'backtype.storm.security.auth.SimpleTransportPlugin',
    'nimbus.authorizer': 'backtype.storm.security.auth.authorizer.NoopAuthorizer',
    ...{ 'ui.filter': null, 'logs.users': null },
  };
  expect(unmetSecurity(StormConf.of(conf))).toEqual([]);
  expect(unmetSecurity(StormConf.of({ 'ui.filter': '', 'logs.users': [] }))).toEqual([]);
});

it.each([
  ['storm.thrift.transport', 'backtype.storm.security.auth.kerberos.KerberosSaslTransportPlugin'],
  ['nimbus.authorizer', 'backtype.storm.security.auth.authorizer.DenyAuthorizer'],
  ['ui.filter', 'com.shop.Login'],
  ['logs.users', ['ann']],
])('%s is named when it asks for more than that', (key, value) => {
  expect(unmetSecurity(StormConf.of({ [key]: value }))).toEqual([
    { key, value: JSON.stringify(value) },
  ]);
});
