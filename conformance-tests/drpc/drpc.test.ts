// Goal: the DRPC topologies of the Apache-built storm-starter 0.9.4, and topologies made of all of Storm's
// DRPC parts, answer Storm's own clients of all generations, over two workers each.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars } from '../harness/index.ts';
import { DrpcAlone } from './drpc-alone.ts';
import { type ClientRelease, JavaCaller } from './java-caller.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const releases: readonly ClientRelease[] = ['0.9.7', '0.10.2', '1.2.4', '2.8.3'];
/** Whose classes the topologies are of. */
const ownReleases = releases.slice(0, 2);
const megabyte = 1024 * 1024;
const texts = [
  '',
  'hello',
  'a\u0000b',
  'Grüße, 世界 😀 \u{10ffff}',
  '{"json": ["\\n"]}\n',
  '\u2028',
];

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'supervisor.slots.ports': '[6700,6701]' } });
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

/** What clients hear, in words. */
async function outcomes(
  name: string,
  args: readonly string[],
  clients = releases,
): Promise<readonly string[]> {
  const calls = args.map((each) => ({ function: name, args: each }));
  const heard = await Promise.all(
    clients.map((release) => new JavaCaller(release, gearstorm.drpcPort).call(calls)),
  );
  return heard.flat().map(({ kind, text }) => `${kind} ${text}`);
}

function allHear(results: readonly unknown[], clients = releases): readonly string[] {
  return clients.flatMap(() => results.map((result) => `result ${result}`));
}

// clause: drpc-request
it('runs BasicDRPCTopology, which gives every text back as it was', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.BasicDRPCTopology', 'basic');
  expect(await outcomes('exclamation', texts)).toEqual(allHear(texts.map((text) => `${text}!`)));
  const pairs = await gearstorm.run('drpc-client', 'exclamation', 'a', 'exclamation', 'b c');
  expect(pairs.stdout).toBe('exclamation "a" => "a!"\nexclamation "b c" => "b c!"\n');
  const one = await gearstorm.run('drpc-client', '-f', 'exclamation', 'a', 'b');
  expect(one.stdout).toBe('exclamation "a" => "a!"\nexclamation "b" => "b!"\n');
});

// clause: coordination
it('runs ReachTopology, whose followers add up', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.ReachTopology', 'reach');
  const reach = {
    'foo.com/blog/1': 16,
    'engineering.twitter.com/blog/5': 14,
    'tech.backtype.com/blog/123': 7,
    'notaurl.com': 0,
  };
  expect(await outcomes('reach', Object.keys(reach), ownReleases)).toEqual(
    allHear(Object.values(reach), ownReleases),
  );
});

// clause: coordination
it('runs batches, coordination, fair queues and joins', async () => {
  await gearstorm.submit(jars.acme, 'acme.drpc.LetterTopology', 'letter', 'letters', '2');
  const args = ['mississippi', 'the quick brown fox', ''];
  const distinct = args.map((each) => [...new Set(each)].sort().join(''));
  expect(await outcomes('letters', args, ownReleases)).toEqual(allHear(distinct, ownReleases));
});

// clause: drpc-request, drpc-failure
it('answers, fails and refuses a function that was put together by hand', async () => {
  await gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '2', '30');
  const failures = await outcomes('orders', ['fail']);
  expect(failures).toEqual(releases.map(() => 'refused Request failed'));
  const refusal = `refused no topology serves the function "nope"; those served are "orders"`;
  expect(await outcomes('nope', ['x'])).toEqual(releases.map(() => refusal));
  const old = new JavaCaller('0.9.7', gearstorm.drpcPort);
  const counted = await old.load('orders', 1000, 5);
  const [, right, failed] = /right=(\d+) failed=(\d+) wrong=0$/.exec(counted) ?? [];
  expect(Number(right) + Number(failed), counted).toBe(5000);
  expect(Number(failed)).toBeGreaterThan(20);
  await overHttp();
});

it('carries what each client takes, and says in words what is too long for it or for us', async () => {
  await gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '2', '30');
  const fits = megabyte - 100;
  const args = [`repeat ${fits}`, `repeat ${2 * megabyte}`, `fail${'x'.repeat(2 * megabyte)}`];
  const heard = await outcomes('orders', [...args, 'x'.repeat(17 * megabyte), 'after it']);
  const told = heard.map((each) => (each.endsWith('x'.repeat(fits)) ? `${each.length}` : each));
  const expected = releases.map((release) => [
    `${'result '.length + fits}`,
    release === '0.9.7'
      ? `${'result '.length + 2 * megabyte}`
      : expect.stringMatching(/^broken .*Frame size \(20971\d\d\) larger than max length/),
    'refused Request failed',
    expect.stringMatching(/^broken .*the message is 178258\d\d bytes long; at most 16777216 are/),
    'result after it!',
  ]);
  expect(told).toEqual(expected.flat());
});

// clause: drpc-servers
it('serves a topology from a DRPC server of its own, which knows no topologies', async () => {
  const alone = await DrpcAlone.start();
  try {
    const { drpc, drpcInvocations } = alone.ready;
    const before = new JavaCaller('0.9.7', drpc.port).call([{ function: 'orders', args: 'early' }]);
    const server = ['-c', 'drpc.servers=["127.0.0.1"]'];
    const port = ['-c', `drpc.invocations.port=${drpcInvocations.port}`];
    const main = ['acme.drpc.OrderTopology', 'elsewhere', 'orders', '2', '30'] as const;
    await gearstorm.command('jar', jars.acme, ...main, ...server, ...port);
    expect(await before).toEqual([{ kind: 'result', text: 'early!' }]);
  } finally {
    await alone.stop();
  }
});

async function overHttp(): Promise<void> {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${gearstorm.drpcUrl}/${path}`, init);
    return [answer.status, await answer.text()];
  };
  const body = 'é'.repeat(megabyte / 2);
  expect(await ask('orders', { method: 'POST', body })).toEqual([200, `${body}!`]);
  expect(await ask(`orders/${encodeURIComponent('a/b c,😀')}`)).toEqual([200, 'a/b c,😀!']);
  expect(await ask('orders')).toEqual([200, '!']);
  expect(await ask('orders/')).toEqual([200, '!']);
  expect(await ask('orders/fail')).toEqual([500, 'Request failed']);
}
