import { expect, it } from 'vitest';
import { redact } from './redact.ts';
import { StormConf } from './storm-conf.ts';

function shown(json: string): unknown {
  return JSON.parse(redact(StormConf.fromJson(json)).toJson());
}

it.each([
  'storm.zookeeper.auth.payload',
  'storm.zookeeper.topology.auth.payload',
  'ui.https.keystore.password',
  'ui.https.keyStore.path',
  'drpc.https.key.password',
  'db.passwd',
  'my.api-key',
  'MY_SECRET',
  'oauth.token',
  'ssh.private_key',
])('the value of %s is hidden', (key) => {
  expect(shown(JSON.stringify({ [key]: 'hush', list: 1 }))).toEqual({ [key]: '*****', list: 1 });
});

it.each([
  ['topology.auto-credentials', ['acme.Tickets']],
  ['nimbus.credential.renewers.classes', ['acme.Tickets']],
  ['nimbus.credential.renewers.freq.secs', 600],
])('%s is no secret, whatever its name sounds like', (key, value) => {
  expect(shown(JSON.stringify({ [key]: value }))).toEqual({ [key]: value });
});

it('secrets are hidden at any depth and of any type', () => {
  const json =
    '{"topology.environment":{"DB_PASSWORD":"hush","PATH":"/bin"},"consumers":[{"argument":{"token":["hush"],"n":5}}],"secret":{"a":"hush"},"pin.secret":1234}';
  expect(shown(json)).toEqual({
    'topology.environment': { DB_PASSWORD: '*****', PATH: '/bin' },
    consumers: [{ argument: { token: '*****', n: 5 } }],
    secret: '*****',
    'pin.secret': '*****',
  });
});

it('passwords inside URLs and Java options are hidden', () => {
  expect(
    shown(
      '{"gearstorm.redis.url":"redis://me:hush@host:1/0","urls":["https://:hush@h","http://host/a:b@c"],"worker.childopts":"-Xmx1g -Djavax.net.ssl.keyStorePassword=hush -Da=b"}',
    ),
  ).toEqual({
    'gearstorm.redis.url': 'redis://me:*****@host:1/0',
    urls: ['https://:*****@h', 'http://host/a:b@c'],
    'worker.childopts': '-Xmx1g -Djavax.net.ssl.keyStorePassword=***** -Da=b',
  });
});

it('the rest keeps its exact text', () => {
  const json = '{"a":1.0,"b":9007199254740993,"__proto__":{"c":2.0},"password":null,"d":[1e3,"x"]}';
  expect(redact(StormConf.fromJson(json)).toJson()).toBe(json);
});
