// Preloaded into serve: at every SIGUSR2 it collects its garbage and writes what it still holds.
import { renameSync, writeFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Names the file. Where it is not set nothing is done. */
export const memoryFileVariable = 'GEARSTORM_SOAK_MEMORY_FILE';

const file = process.env[memoryFileVariable];

if (file !== undefined) {
  process.on('SIGUSR2', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    collect(); // what only finalizers held
    writeFileSync(`${file}.new`, JSON.stringify(process.memoryUsage()));
    renameSync(`${file}.new`, file);
  });
}
