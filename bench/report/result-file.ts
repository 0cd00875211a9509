import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Conditions, Outcome } from '../outcome.ts';

/** A file of bench/results. */
export interface ResultFile extends Omit<Outcome, 'peer'> {
  readonly file: string;
  readonly line: string;
  readonly commit: string;
  readonly date: string;
  readonly config: Conditions;
  readonly machine: {
    readonly processor: string;
    readonly cores: number;
    readonly memoryMegabytes: number;
    readonly kernel: string;
  };
  readonly versions: { readonly node: string; readonly java: string; readonly storm: string };
}

/** What is compared under one name: ours and every Storm, the newest Storm first. */
export interface Compared {
  readonly name: string;
  readonly unit: string;
  readonly results: readonly ResultFile[];
}

/** All of the directory. @throws SyntaxError for a file that is no JSON */
export async function readResults(directory: string): Promise<readonly ResultFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(directory, file), 'utf8');
      return { file, ...(JSON.parse(text) as Omit<ResultFile, 'file'>) };
    }),
  );
}

/** The results of these names, in their order; names without a result are left out. */
export function comparedOf(
  results: readonly ResultFile[],
  names: readonly string[],
): readonly Compared[] {
  return names.flatMap((name) => {
    const found = results.filter((result) => result.name === name).sort(newestStormFirst);
    const [first] = found;
    return first === undefined ? [] : [{ name, unit: first.unit, results: found }];
  });
}

/** The samples by side. Runs on other days have other samples of ours: each then stands alone. */
export function sidesOf({ results }: Compared): readonly (readonly [string, readonly number[]])[] {
  const ours = new Map(results.map((result) => [JSON.stringify(result.ours), result.ours]));
  return [
    ...[...ours.values()].map((samples) => ['Gearstorm', samples] as const),
    ...results.map(({ versions, theirs }) => [`Storm ${versions.storm}`, theirs] as const),
  ];
}

function newestStormFirst(one: ResultFile, other: ResultFile): number {
  return other.versions.storm.localeCompare(one.versions.storm, 'en', { numeric: true });
}
