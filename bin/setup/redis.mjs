import { run, versionText } from './command.mjs';
import { Problem } from './problem.mjs';

/** The store's tests run a real Redis: brings Debian's when it is missing. */
export async function bringRedis(progress) {
  if (versionText('redis-server', ['--version']) !== null) return;
  if (process.getuid() !== 0 || versionText('apt-get', ['--version']) === null) {
    throw new Problem(
      'redis-server is missing: install it (Debian: apt-get install redis-server) and try again',
    );
  }
  await progress.step('redis-server for the tests (apt-get)', async () => {
    // The tests start their own server: the package must not start one.
    const environment = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    await run('apt-get', ['update', '-qq'], { environment });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'redis-server'], {
      environment,
    });
  });
}
