import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below those that the system deals out to clients, and to servers that ask for any. */
const firstPort = 20_000;
const endPort = 32_000;

/**
 * A loopback port that nobody listens on. Nobody is dealt it meanwhile either, so it is still free
 * when a process that takes seconds to start binds it, and when it binds it again after a crash.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(firstPort, endPort);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await once(server.listen(port, '127.0.0.1'), 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}
