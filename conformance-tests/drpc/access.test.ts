// Goal: requests of one topology's function are for its own workers, whoever else can reach the port.
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { DrpcClient } from '../../drpc/index.ts';
import { FramedClient, invocationMethods } from '../../storm-api/thrift/index.ts';
import { Gearstorm, jars } from '../harness/index.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 180_000 });

let gearstorm: Gearstorm;

afterEach(() => gearstorm.stop());

async function call(name: string, args: string): Promise<string> {
  const client = await DrpcClient.connect({ host: '127.0.0.1', port: gearstorm.drpcPort });
  try {
    return await client.execute(name, args).catch((error: Error) => error.message);
  } finally {
    client.close();
  }
}

it('a stranger gets no request of a function that a topology serves', async () => {
  gearstorm = await Gearstorm.start();
  await gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '1', '600');
  expect(await call('orders', 'a')).toBe('a!');
  const stranger = await FramedClient.connect({
    ...{ host: '127.0.0.1', port: gearstorm.drpcInvocationsPort, timeoutMs: 0 },
    ...{ serviceName: 'DRPC', methods: invocationMethods },
    toError: ({ message }) => new Error(message),
  });
  const stolen = stranger.call('fetchRequest', { functionName: 'orders' });
  await expect(stolen).rejects.toThrow(/only workers of order-\S+ may serve/);
  stranger.close();
  expect(await call('orders', 'b')).toBe('b!');
});

it("Storm's list of users is kept to", async () => {
  const me = userInfo().username;
  gearstorm = await Gearstorm.prepare();
  const list = join(gearstorm.directory, 'acl.yaml');
  const entry = (client: string) => ({ 'client.users': [client], 'invocation.user': me });
  const functions = { orders: entry(me), secrets: entry('somebody-else') };
  await writeFile(list, JSON.stringify({ 'drpc.authorizer.acl': functions }));
  await gearstorm.serve({
    'drpc.authorizer': 'backtype.storm.security.auth.authorizer.DRPCSimpleACLAuthorizer',
    'drpc.authorizer.acl.filename': list,
  });
  await gearstorm.submit(jars.acme, 'acme.drpc.OrderTopology', 'order', 'orders', '1', '600');
  expect(await call('orders', 'a')).toBe('a!');
  expect(await call('secrets', 'a')).toContain(`user ${me} may not call the function "secrets"`);
});
