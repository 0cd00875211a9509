import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StormConf } from '../config/storm-conf.ts';
import { AlreadyAliveError, InvalidTopologyError, NotAliveError } from '../errors.ts';
import { stormId } from '../model/ids.ts';
import { noResources } from '../resources.ts';
import { ThriftApplicationError } from '../thrift/errors.ts';
import { NimbusFixture, wordCountStructure } from './nimbus.fixture.ts';
import type { NimbusClient } from './nimbus-client.ts';

const id = 'words-1-1700000000';
const chunkBytes = 307_200;

let folder: string;
let nimbus: NimbusFixture;
let client: NimbusClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gearstorm-jar-'));
  await writeFile(join(folder, 'topology.jar'), randomBytes(chunkBytes + 10));
  nimbus = await NimbusFixture.start({
    config: StormConf.of({ 'ui.port': 8080, 'ui.https.keystore.password': 'hunter2' }),
    jarOf: (asked) => (asked === id ? join(folder, 'topology.jar') : null),
  });
  client = await nimbus.client();
});

afterEach(async () => {
  await nimbus.stop();
  await rm(folder, { recursive: true });
});

interface Submission {
  readonly name?: string;
  readonly jsonConf?: string;
  readonly uploadedJarLocation?: string;
}

function submit(submission: Submission = {}): Promise<undefined> {
  return client.call('submitTopology', {
    name: 'words',
    uploadedJarLocation: '',
    jsonConf: '{}',
    topology: wordCountStructure(),
    ...submission,
  });
}

describe('submission', () => {
  it('hands the topology, its configuration and the uploaded jar to the service', async () => {
    const bytes = randomBytes(chunkBytes + 1);
    const location = await client.call('beginFileUpload', {});
    await client.call('uploadChunk', { location, chunk: bytes.subarray(0, chunkBytes) });
    await client.call('uploadChunk', { location, chunk: bytes.subarray(chunkBytes) });
    await client.call('finishFileUpload', { location });
    await submit({ uploadedJarLocation: location, jsonConf: '{"rate":1.0}' });

    const [request] = nimbus.service.submissions;
    expect(request?.topology.name).toBe('words');
    expect(request?.topology.config.toJson()).toBe('{"rate":1.0}');
    expect(request?.topology.components.map((each) => each.id)).toEqual(['words', 'count']);
    expect(request?.initialStatus).toBe('ACTIVE');
    expect((await readFile(request?.jarFile ?? '')).equals(bytes)).toBe(true);
  });

  it('lets one upload be submitted under two names, as clients do', async () => {
    const location = await client.call('beginFileUpload', {});
    await client.call('finishFileUpload', { location });
    await submit({ uploadedJarLocation: location });
    await submit({ uploadedJarLocation: location, name: 'more-words' });
    expect(nimbus.service.submissions).toHaveLength(2);
  });

  it('takes an initial status from the options', async () => {
    await client.call('submitTopologyWithOpts', {
      name: 'words',
      uploadedJarLocation: '',
      jsonConf: '{}',
      topology: wordCountStructure(),
      options: { initial_status: 'INACTIVE' },
    });
    expect(nimbus.service.submissions[0]).toMatchObject({
      initialStatus: 'INACTIVE',
      credentials: null,
    });
  });

  it.each([
    ['{}', 'storm-0.9'],
    ['{"storm.zookeeper.topology.auth.payload":null}', 'storm-0.10'],
    ['{"gearstorm.storm.version":"0.10.2"}', 'storm-0.10'],
    [
      '{"gearstorm.storm.version":"0.9.7","storm.zookeeper.topology.auth.payload":"x"}',
      'storm-0.9',
    ],
  ])('takes a topology with configuration %s for one of %s', async (jsonConf, generation) => {
    await submit({ jsonConf });
    expect(nimbus.service.submissions[0]?.topology.generation).toBe(generation);
  });

  it.each(['{"gearstorm.storm.version":"1.2.4"}', '[]', '{', '', 'null', '7'])(
    'refuses the configuration %s',
    async (jsonConf) => {
      await expect(submit({ jsonConf })).rejects.toThrow(InvalidTopologyError);
      expect(nimbus.service.submissions).toEqual([]);
    },
  );

  // clause: name-taken
  it('tells a client that the name is taken', async () => {
    await submit();
    await expect(submit()).rejects.toThrow(AlreadyAliveError);
  });

  it('names the component whose configuration is not JSON', async () => {
    const topology = wordCountStructure();
    const bolt = topology.bolts.get('count');
    if (bolt === undefined) throw new Error('no such bolt');
    const broken = { ...bolt, common: { ...bolt.common, json_conf: '{"a":' } };
    const submission = { name: 'words', uploadedJarLocation: '', jsonConf: '{}' };
    await expect(
      client.call('submitTopology', {
        ...submission,
        topology: { ...topology, bolts: new Map([['count', broken]]) },
      }),
    ).rejects.toThrow(/component count .*not a JSON object/);
  });
});

it('refuses a number that no worker could read', async () => {
  const jsonConf = '{"my.number": 12345678901234567890}';
  const submission = { name: 'words', uploadedJarLocation: '', topology: wordCountStructure() };
  await expect(client.call('submitTopology', { ...submission, jsonConf })).rejects.toThrow(
    /12345678901234567890 is beyond 64 bits/,
  );
});

describe('commands', () => {
  it('kills, activates, deactivates and rebalances by name', async () => {
    await submit();
    await client.call('deactivate', { name: 'words' });
    expect((await client.call('getTopologyInfo', { id })).status).toBe('INACTIVE');
    await client.call('activate', { name: 'words' });
    expect((await client.call('getTopologyInfo', { id })).status).toBe('ACTIVE');
    const executors = new Map([['count', 4]]);
    const json = '{"topology.debug":true,"n":1.0}';
    const options = { wait_secs: 3, num_executors: executors, topology_conf_overrides: json };
    await client.call('rebalance', { name: 'words', options });
    const [request] = nimbus.service.rebalances;
    expect(request).toMatchObject({ waitSecs: 3, workers: null, executors });
    expect(request?.overrides.toJson()).toBe(json);
    await client.call('killTopology', { name: 'words' });
    await client.call('killTopologyWithOpts', { name: 'words', options: { wait_secs: 0 } });
    expect(nimbus.service.kills.map(({ waitSecs }) => waitSecs)).toEqual([null, 0]);
  });

  it.each([
    [
      { topology_resources_overrides: new Map([['count', new Map([['cpu', 1]])]]) },
      'a rebalance cannot change resources: executors are placed by slots alone',
    ],
    [{ topology_conf_overrides: '[]' }, 'the configuration of a rebalance cannot be read: '],
  ])('refuses what a rebalance does not do here: %j', async (options, sentence) => {
    await submit();
    const rebalance = client.call('rebalance', { name: 'words', options });
    await expect(rebalance).rejects.toThrow(InvalidTopologyError);
    await expect(rebalance).rejects.toThrow(sentence);
    expect(nimbus.service.rebalances).toEqual([]);
  });

  it('says what the state of a topology does not allow, in words', async () => {
    await submit();
    await client.call('rebalance', { name: 'words', options: {} });
    await expect(client.call('activate', { name: 'words' })).rejects.toThrow(
      new ThriftApplicationError(6, 'words is rebalancing'),
    );
  });

  // clause: not-alive
  it('answers commands to an unknown topology with NotAliveException', async () => {
    for (const method of ['killTopology', 'activate', 'deactivate'] as const) {
      await expect(client.call(method, { name: 'nobody' })).rejects.toThrow(NotAliveError);
    }
    for (const method of ['getTopologyInfo', 'getTopologyConf', 'getTopology'] as const) {
      await expect(client.call(method, { id: 'nobody' })).rejects.toThrow(NotAliveError);
    }
  });
});

describe('credentials', () => {
  it('come with the options of a submission, and are in no answer', async () => {
    const creds = { creds: new Map([['user', 'secret']]) };
    await client.call('submitTopologyWithOpts', {
      name: 'words',
      uploadedJarLocation: '',
      jsonConf: '{}',
      topology: wordCountStructure(),
      options: { initial_status: 'ACTIVE', creds },
    });
    expect(nimbus.service.submissions[0]?.credentials).toEqual(creds.creds);
    expect(await client.call('getTopologyConf', { id })).not.toContain('secret');
  });

  it('are replaced while the topology is alive', async () => {
    await submit();
    const creds = { creds: new Map([['user', 'sécret']]) };
    await client.call('uploadNewCredentials', { name: 'words', creds });
    expect(nimbus.service.uploads).toEqual([creds.creds]);
    const call = client.call('uploadNewCredentials', { name: 'nobody', creds });
    await expect(call).rejects.toThrow(NotAliveError);
  });

  it('are not replaced when the topology is not of whom the client expects', async () => {
    await submit();
    const creds = new Map([['user', 'secret']]);
    const upload = (topoOwner: string) =>
      client.call('uploadNewCredentials', { name: 'words', creds: { creds, topoOwner } });
    await expect(upload('ann')).rejects.toThrow(
      'words is expected to be owned by ann but is actually owned by somebody',
    );
    await upload('somebody');
    expect(nimbus.service.uploads).toEqual([creds]);
  });
});

describe('log levels', () => {
  it('are set, taken back and told with the time of their end, in milliseconds', async () => {
    await submit();
    const config = {
      named_logger_level: new Map([
        ['root', { action: 'UPDATE', target_log_level: 'warn' }],
        [
          'com.shop',
          { action: 'UPDATE', target_log_level: 'DEBUG', reset_log_level_timeout_secs: 30 },
        ],
        ['com.other', { action: 'REMOVE' }],
        ['com.same', { action: 'UNCHANGED', target_log_level: 'INFO' }],
      ] as const),
    };
    await client.call('setLogConfig', { name: id, config });
    expect(nimbus.service.levelChanges).toEqual([
      { logger: 'ROOT', level: 'WARN', timeoutSecs: 0 },
      { logger: 'com.shop', level: 'DEBUG', timeoutSecs: 30 },
      { logger: 'com.other', level: null, timeoutSecs: 0 },
    ]);
    const { named_logger_level: told } = await client.call('getLogConfig', { name: id });
    expect(told?.get('ROOT')).not.toHaveProperty('reset_log_level_timeout_epoch');
    expect(told?.get('com.shop')).toMatchObject({
      action: 'UNCHANGED',
      target_log_level: 'DEBUG',
      reset_log_level_timeout_epoch: 1_000_000_000_000n,
    });
  });

  it('that there are none of are refused with the ones that there are', async () => {
    await submit();
    const level = { action: 'UPDATE', target_log_level: 'LOUD' } as const;
    const config = { named_logger_level: new Map([['com.shop', level]]) };
    await expect(client.call('setLogConfig', { name: id, config })).rejects.toThrow(
      '"LOUD" is no log level; they are ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL, OFF',
    );
  });
});

it('lists a topology whose files are damaged, says why it does not run, and offers nobody its name', async () => {
  const facts = { id: stormId('torn-2-1'), name: 'torn', status: 'ACTIVE', owner: '' } as const;
  const resources = { requested: noResources, assigned: noResources };
  const nothing = { uptimeSecs: 1, tasks: 0, executors: 0, workers: 0, resources };
  nimbus.service.damaged.push({ ...facts, ...nothing, problem: 'cannot run' });
  const listed = [{ id: 'torn-2-1', name: 'torn', num_workers: 0, sched_status: 'cannot run' }];
  expect((await client.call('getClusterInfo', {})).topologies).toMatchObject(listed);
  expect(await client.call('getTopologySummaries', {})).toMatchObject(listed);
  expect(await client.call('isTopologyNameAllowed', { name: 'torn' })).toBe(false);
  expect(await client.call('isTopologyNameAllowed', { name: 'other' })).toBe(true);
});

describe('answers', () => {
  // clause: client-calls
  it('describes the cluster with the fields that old and new clients require', async () => {
    await submit();
    const cluster = await client.call('getClusterInfo', {});
    expect(cluster.nimbus_uptime_secs).toBe(7);
    expect(cluster.nimbuses).toMatchObject([{ isLeader: true, version: '0.9.7' }]);
    expect(cluster.nimbuses[0]?.port).toBeGreaterThan(0);
    expect(cluster.supervisors).toMatchObject([{ num_workers: 4, num_used_workers: 1 }]);
    expect(cluster.topologies).toMatchObject([
      { id, name: 'words', num_tasks: 3, num_executors: 2, num_workers: 1, status: 'ACTIVE' },
    ]);
  });

  it('tells the exact counts of executors that have reported', async () => {
    await submit();
    const { executors } = await client.call('getTopologyInfo', { id });
    const [count, words] = executors;
    expect(words?.stats).toBeUndefined();
    expect(count?.stats?.rate).toBe(1);
    expect(count?.stats?.emitted.get(':all-time')).toEqual(new Map([['default', 2n ** 40n]]));
    const specific = count?.stats?.specific;
    if (specific?.kind !== 'bolt') throw new Error('the counts are not those of a bolt');
    const input = { componentId: 'words', streamId: 'default' };
    expect([...(specific.value.acked.get(':all-time') ?? [])]).toEqual([[input, 5n]]);
    expect([...(specific.value.process_ms_avg.get(':all-time') ?? [])]).toEqual([[input, 1.5]]);
    expect([...(specific.value.execute_ms_avg.get(':all-time') ?? [])]).toEqual([[input, 0]]);
  });

  it.each([
    ['ALL', 2],
    ['ONE', 1],
    ['NONE', 0],
  ] as const)('tells %s errors of a component, newest first', async (num_err_choice, count) => {
    await submit();
    const info = await client.call('getTopologyInfoWithOpts', { id, options: { num_err_choice } });
    expect(info.errors.get('count')?.map(({ error_time_secs }) => error_time_secs)).toEqual(
      [2, 1].slice(0, count),
    );
    expect(info.errors.get('words')).toEqual([]);
  });

  // clause: get-topology
  it('gives the topology back as it was submitted', async () => {
    await submit();
    expect(await client.call('getUserTopology', { id })).toEqual(wordCountStructure());
    expect(await client.call('getTopology', { id })).toEqual(wordCountStructure());
  });

  it('tells configurations without their secrets', async () => {
    await submit({ jsonConf: '{"my.secret":"x","topology.workers":2}' });
    const own = await client.call('getNimbusConf', {});
    expect(own).toContain('"ui.port":8080');
    expect(own).not.toContain('hunter2');
    const conf = await client.call('getTopologyConf', { id });
    expect(JSON.parse(conf)).toEqual({ 'my.secret': '*****', 'topology.workers': 2 });
  });

  it("lets a client download a live topology's jar", async () => {
    const download = await client.call('beginFileDownload', {
      file: `/storm/nimbus/stormdist/${id}/stormjar.jar`,
    });
    const chunks: Uint8Array[] = [];
    for (;;) {
      const chunk = await client.call('downloadChunk', { id: download });
      if (chunk.length === 0) break;
      chunks.push(chunk);
    }
    const jar = await readFile(join(folder, 'topology.jar'));
    expect(Buffer.concat(chunks).equals(jar)).toBe(true);
    await expect(client.call('downloadChunk', { id: download })).rejects.toThrow(
      ThriftApplicationError,
    );
  });
});

it('tells the structure of a topology without the secrets of its components', async () => {
  const topology = wordCountStructure();
  const bolt = topology.bolts.get('count');
  if (bolt === undefined) throw new Error('no such bolt');
  const json_conf = '{"db.password":"hunter3","rate":1.0}';
  await client.call('submitTopology', {
    ...{ name: 'words', uploadedJarLocation: '', jsonConf: '{}' },
    topology: {
      ...topology,
      bolts: new Map([['count', { ...bolt, common: { ...bolt.common, json_conf } }]]),
    },
  });
  for (const method of ['getTopology', 'getUserTopology'] as const) {
    const { bolts } = await client.call(method, { id });
    expect(bolts.get('count')?.common.json_conf).toBe('{"db.password":"*****","rate":1.0}');
  }
  const [request] = nimbus.service.submissions;
  const [, count] = request?.topology.components ?? [];
  expect(count?.config.get('db.password')).toBe('hunter3');
});

it('names no class of an older Storm where a client would load it', async () => {
  const own = {
    'storm.group.mapping.service': 'acme.Groups',
    'topology.auto-credentials': ['A'],
  };
  const old = { 'storm.thrift.transport': 'backtype.storm.security.auth.SimpleTransportPlugin' };
  await submit({ jsonConf: JSON.stringify({ ...old, ...own }) });
  expect(JSON.parse(await client.call('getTopologyConf', { id }))).toEqual(own);
});
