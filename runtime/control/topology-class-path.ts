import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, resolve } from 'node:path';
import { jarsIn } from '../../storm-api/config/index.ts';
import type { StormConf } from '../../storm-api/index.ts';
import { readTexts } from '../../translator/index.ts';

/**
 * What `topology.classpath`, a string or a list, adds behind the topology's jar; relative to where
 * serve was started. As in a JVM, `FOLDER/*` stands for the jars of a folder, and what is not there
 * is passed over.
 * @throws InvalidTopologyError for a value of another kind, which translation refuses before
 */
export function topologyClassPath(config: StormConf): readonly string[] {
  return readTexts(config, 'topology.classpath')
    .flatMap((text) => text.split(delimiter))
    .filter((entry) => entry !== '')
    .map((entry) => resolve(entry))
    .flatMap((entry) => (basename(entry) === '*' ? jarsIn(dirname(entry)) : [entry]))
    .filter((entry) => existsSync(entry));
}
