// Goal: functions whose requests native spouts fetch are answered by way of Python, of Java and of Storm's own
// ReturnResults; whatever dies under a request, its caller hears of it, and the others do not.
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DrpcClient } from '../../drpc/index.ts';
import { Gearstorm, jars, projectRoot, runCommand, waitFor } from '../harness/index.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const shout = `
import storm
class Shout(storm.BasicBolt):
    def process(self, tuple):
        storm.emit([tuple.values[0].upper(), tuple.values[1]])
Shout().run()
`;
const texts = ['', 'hello', 'a\u0000b', 'Grüße, 世界 😀', '{"json": ["\\n"]}\n', '\u2028'];
const lost = /^the (worker that had taken the )?request (is gone|may be lost)/;

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start({ config: { 'supervisor.slots.ports': '[6700]' } });
  const resources = join(gearstorm.directory, 'python');
  await mkdir(resources);
  await writeFile(join(resources, 'shout.py'), shout);
  await copyFile(join(projectRoot, 'multilang/storm-py/storm.py'), join(resources, 'storm.py'));
  const program = join(projectRoot, 'conformance-tests/native/drpc-functions.ts');
  await gearstorm.command('submit', program, '--name', 'native', '--', jars.acme, resources);
});

afterAll(() => gearstorm.stop());

/** What a caller hears in the end. */
async function call(name: string, args: string): Promise<string> {
  const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
  try {
    return await client.execute(name, args).catch((error: Error) => error.message);
  } finally {
    client.close();
  }
}

/** Calls that are kept when this resolves. */
async function keptCalls(count: number): Promise<{ readonly ends: Promise<readonly string[]> }> {
  const ends = Promise.all(Array.from({ length: count }, (_, n) => call('keep', String(n))));
  await waitFor('them to be taken', 30_000, async () => (await inFlight('keep')) === count);
  return { ends };
}

async function inFlight(name: string): Promise<number> {
  const answer = await fetch(`${gearstorm.uiUrl}/api/gearstorm/drpc`);
  const { functions } = (await answer.json()) as {
    readonly functions: readonly { readonly function: string; readonly inFlight: number }[];
  };
  return functions.find((each) => each.function === name)?.inFlight ?? 0;
}

/** The process of the worker that has such words on its command line. */
async function workerOf(words: string): Promise<number> {
  return waitFor(`the worker of ${words}`, 30_000, async () => {
    for (const pid of await gearstorm.otherProcesses()) {
      const { stdout } = await runCommand('ps', ['-o', 'args=', '-p', String(pid)]);
      if (stdout.includes(words) && stdout.includes(' worker ')) return pid;
    }
    return false;
  });
}

it('answers in Python, in Java and by way of Storm, every text as it was', async () => {
  expect(await Promise.all(texts.map((text) => call('shout', text)))).toEqual(
    texts.map((text) => text.toUpperCase()),
  );
  for (const name of ['orders', 'storms']) {
    expect(await Promise.all(texts.map((text) => call(name, text)))).toEqual(
      texts.map((text) => `${text}!`),
    );
    expect(await call(name, 'fail')).toBe('Request failed');
  }
});

it('carries arguments and results of megabytes', async () => {
  const long = '😀\u0001'.repeat(1_000_000);
  expect((await call('orders', long)) === `${long}!`).toBe(true);
  expect(await call('orders', `repeat ${6_000_000}`)).toHaveLength(6_000_000);
});

it('serves no function that its spouts do not name, and shows those that they do', async () => {
  expect(await call('nope', 'a')).toContain('those served are "keep", "orders", "shout", "storms"');
  const { stdout } = await gearstorm.run('drpc', 'stats', '-c', `drpc.http.port=${drpcHttpPort()}`);
  expect(stdout).toMatch(/^shout +0 +0 +6 .*native$/m);
});

function drpcHttpPort(): string {
  return new URL(gearstorm.drpcUrl).port;
}

// clause: drpc-request
it('gives each of many callers at a time his own answer', async () => {
  const calls = Array.from({ length: 500 }, (_, n) => call('orders', `call ${n}`));
  expect(await Promise.all(calls)).toEqual(calls.map((_, n) => `call ${n}!`));
});

it('is told when the worker of its bolts dies; requests that never go there are not', async () => {
  const kept = await keptCalls(3);
  const order = call('orders', 'keep this');
  await waitFor('it to be taken', 30_000, async () => (await inFlight('orders')) === 1);
  process.kill(await workerOf('gearstorm.host.Main'), 'SIGKILL');
  expect(await order).toMatch(lost);
  expect(await call('orders', 'again')).toBe('again!');
  await call('keep', 'let go');
  expect(await kept.ends).toEqual(['kept 0', 'kept 1', 'kept 2']);
});

it('is told when the worker of its spout dies, and why', async () => {
  const kept = await keptCalls(3);
  process.kill(await workerOf('native-worker'), 'SIGKILL');
  for (const message of await kept.ends) expect(message).toContain('killed by SIGKILL');
  expect(await call('keep', 'let go')).toBe('kept let go');
});

it('is refused while the topology is not active, and answered when it is again', async () => {
  await gearstorm.command('deactivate', 'native');
  expect(await call('keep', 'let go')).toContain('is not active');
  await gearstorm.command('activate', 'native');
  expect(await call('keep', 'let go')).toBe('kept let go');
});

it('hears the connection end when serve is killed; its successor has the same worker serve', async () => {
  const before = await workerOf('native-worker');
  const kept = await keptCalls(2);
  await gearstorm.crash();
  for (const message of await kept.ends) expect(message).toMatch(/closed|ECONNRESET|answer/i);
  await gearstorm.serve();
  expect(await call('shout', 'again')).toBe('AGAIN');
  expect(await workerOf('native-worker')).toBe(before);
});

it('is told when the topology is killed', async () => {
  const kept = await keptCalls(2);
  await gearstorm.killAndWait('native');
  for (const message of await kept.ends) expect(message).toContain('the topology was killed');
  expect(await call('keep', 'a')).toContain('no topology serves the function "keep"');
});
