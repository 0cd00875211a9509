// Goal: what operators ask for with the commands of Storm 2.8.3 happens, or they are told why not.
// Method: the calls of those commands, with the classes of its client, and a topology of 0.9 and 0.10.
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  type CommandResult,
  Gearstorm,
  jars,
  projectRoot,
  runCommand,
  waitFor,
} from '../harness/index.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const program = join(import.meta.dirname, 'LaterCommands.java');
const classes = join(projectRoot, 'build/storm-clients/2.8.3/*');
const changeMs = 60_000;
let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
  const main = 'storm.starter.ExclamationTopology';
  await gearstorm.submit(jars.starter, main, 'older');
  await gearstorm.submit(jars.starter, main, 'newer', '-c', 'gearstorm.storm.version=0.10.2');
});

afterAll(() => gearstorm?.stop());

function later(...words: readonly string[]): Promise<CommandResult> {
  const { nimbusPort: port, directory } = gearstorm;
  const options = ['nimbus.seeds=["127.0.0.1"]', `nimbus.thrift.port=${port}`];
  const property = `-Dstorm.options=${options.map(encodeURIComponent).join(',')}`;
  return runCommand('java', [property, '-cp', classes, program, ...words], { directory });
}

async function configurationOf(name: string): Promise<Readonly<Record<string, unknown>>> {
  const get = async (path: string) => (await fetch(`${gearstorm.uiUrl}/api/v1/${path}`)).json();
  const { topologies } = (await get('topology/summary')) as {
    readonly topologies: readonly { readonly id: string; readonly name: string }[];
  };
  const id = topologies.find((each) => each.name === name)?.id;
  return ((await get(`topology/${id}`)) as { configuration: Record<string, unknown> })
    .configuration;
}

async function untilSet(name: string, key: string, value: unknown): Promise<void> {
  await waitFor(`${key} of ${name}`, changeMs, async () => {
    const { status } = (await gearstorm.list()).find((each) => each.name === name) ?? {};
    return status === 'ACTIVE' && (await configurationOf(name))[key] === value;
  });
}

// clause: rebalance
it('a rebalance puts settings over those of the topology, and it runs on', async () => {
  const json = '{"topology.max.spout.pending":7,"nimbus.seeds":["127.0.0.1"]}';
  const done = await later('rebalance', 'older', json, '');
  expect(done.exitCode, done.stderr).toBe(0);
  await untilSet('older', 'topology.max.spout.pending', 7);
  const ours = ['-w', '0', '-t', '{"topology.max.spout.pending":8}', '-t', '{"acme":true}'];
  await gearstorm.command('rebalance', 'newer', ...ours);
  await untilSet('newer', 'topology.max.spout.pending', 8);
  expect((await configurationOf('newer'))['acme']).toBe(true);
  for (const name of ['older', 'newer']) {
    expect(await gearstorm.peek(name, 'exclaim2', 1)).toHaveLength(1);
  }
});

it('a rebalance that asks for what cannot be changed is refused with the reason', async () => {
  const resources = 'a rebalance cannot change resources: executors are placed by slots alone';
  const theirs = await later('rebalance', 'older', '', 'word');
  expect(theirs.exitCode).not.toBe(0);
  expect(theirs.stderr).toContain(`InvalidTopologyException(msg:${resources})`);
  const ours = await gearstorm.run('rebalance', 'older', '-r', '{"word":{"cpu":1}}');
  expect(ours).toMatchObject({ exitCode: 1, stderr: `${resources}\n` });
  const tasks = await later('rebalance', 'older', '{"topology.acker.executors":9}', '');
  expect(tasks.stderr).toContain('a rebalance cannot change which tasks there are');
  for (const { status } of await gearstorm.list()) expect(status).toBe('ACTIVE');
});

// clause: credentials
it.each(['older', 'newer'])(
  'credentials reach a topology of another generation: %s',
  async (name) => {
    const done = await later('upload-credentials', name, 'user', 'secret', '');
    expect([done.exitCode, done.stdout.trim().split('\n').at(-1)], done.stderr).toEqual([
      0,
      'true',
    ]);
  },
);

it('credentials for a topology of somebody else are refused', async () => {
  const theirs = await later('upload-credentials', 'older', 'user', 'secret', 'ann');
  expect(theirs.exitCode).not.toBe(0);
  const sentence = 'older is expected to be owned by ann but is actually owned by nobody';
  expect(theirs.stderr).toContain(sentence);
  const words = ['upload-credentials', 'older', 'user', 'secret', '-u', 'ann'];
  expect(await gearstorm.run(...words)).toMatchObject({ exitCode: 1, stderr: `${sentence}\n` });
});
