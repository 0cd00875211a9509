import { existsSync } from 'node:fs';
import type { MetadataStore } from '../store/index.ts';
import { LocalDirectoryError } from './errors.ts';
import type { LocalDirectory } from './local-directory.ts';
import { Records } from './records.ts';

/**
 * A store that several machines or directories can reach remembers whose files it speaks of: to
 * lead without them would forget accepted topologies while their workers go on.
 * A directory that was moved with its files may go on.
 * @throws LocalDirectoryError
 */
export async function checkHome(store: MetadataStore, directory: LocalDirectory): Promise<void> {
  const home = await Records.home(store);
  if (home === null || home === directory.path) return;
  const topologies = await Records.topologiesIn(store);
  const lacking = topologies.find(({ stormId }) => !existsSync(directory.topology(stormId)));
  if (lacking === undefined) return;
  throw new LocalDirectoryError(
    `the store knows topology ${lacking.name} of storm.local.dir ${home}, whose files are not in ${directory.path}: start serve with that storm.local.dir`,
  );
}
