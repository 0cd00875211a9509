import { run, versionText } from './command.mjs';
import { Problem } from './problem.mjs';

/** The tests of components in other languages run Ruby's: brings Debian's when it is missing. */
export async function bringRuby(progress) {
  if (versionText('ruby', ['--version']) !== null) return;
  if (process.getuid() !== 0 || versionText('apt-get', ['--version']) === null) {
    throw new Problem('ruby is missing: install it (Debian: apt-get install ruby) and try again');
  }
  await progress.step('ruby for the tests (apt-get)', async () => {
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { environment });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'ruby'], {
      environment,
    });
  });
}
