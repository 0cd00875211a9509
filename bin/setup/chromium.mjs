import { run, versionText } from './command.mjs';
import { Problem } from './problem.mjs';

/** The tests of the page run in a real browser: brings Debian's when it is missing. */
export async function bringChromium(progress) {
  if (versionText('chromium', ['--version']) !== null) return;
  if (process.getuid() !== 0 || versionText('apt-get', ['--version']) === null) {
    throw new Problem(
      'chromium is missing: install it (Debian: apt-get install chromium) and try again',
    );
  }
  await progress.step('chromium for the tests (apt-get)', async () => {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { environment });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      environment,
    });
  });
}
