import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The command `storm` of a Storm home: tools look for it on the PATH, and take the folder above its
 * own for the home, whose lib/ has Storm's jars. It goes wherever the project's folder goes.
 * @param {string} home below build/
 * @param {readonly string[]} words put in front of the user's, whose come later and win
 */
export function placeStormCommand(home, words) {
  const bin = join(home, 'bin');
  const file = join(bin, 'storm');
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    `${file}.new`,
    `#!/bin/sh
# Written by set-up: gearstorm under Storm's name.
home=$(dirname "$(dirname "$(readlink -f "$0")")")
export STORM_HOME="\${STORM_HOME:-$home}"
exec "$home/../../bin/gearstorm" ${[...words, '"$@"'].join(' ')}
`,
  );
  chmodSync(`${file}.new`, 0o755);
  renameSync(`${file}.new`, file);
}
