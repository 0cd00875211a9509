import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const generatedFolders = new Set(['node_modules', 'target', 'dist', 'build', '.git']);

/** Files below `path` (a file or a folder) that `accepts` takes, sorted; generated folders are left out. */
export function filesBelow(path, accepts = () => true) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return accepts(path) ? [path] : [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !generatedFolders.has(entry.name))
    .flatMap((entry) => filesBelow(join(path, entry.name), accepts))
    .sort();
}

/** One hash over names and contents of files, and over words such as a compiler's version. */
export function fingerprint(files, words = []) {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`word ${word}\0`);
  for (const file of files) {
    const content = readFileSync(file);
    hash.update(`file ${file} ${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Remembers what a step's outputs were made from. */
export class Stamp {
  constructor(file, outputs) {
    this.file = file;
    this.outputs = outputs;
  }

  /** True when the outputs exist and were made from exactly this fingerprint. */
  isFresh(inputs) {
    return (
      this.outputs.every((output) => existsSync(output)) &&
      existsSync(this.file) &&
      readFileSync(this.file, 'utf8') === inputs
    );
  }

  /** Called before a step starts, so that a step that was cut short runs again. */
  forget() {
    rmSync(this.file, { force: true });
  }

  remember(inputs) {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, inputs);
  }
}
