import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isLosslessNumber, parse, stringify } from 'lossless-json';

/** The main of the test topologies' jar that runs every probe. */
export const probeMain = 'probe.Main';

/** What each probe noted: its name, and its lines in an order that does not depend on the run. */
export type NotesByProbe = ReadonlyMap<string, readonly string[]>;

/** Reads the files that `probe.Main`, or the recorder, left in the directory. */
export async function readNotes(directory: string): Promise<NotesByProbe> {
  await mkdir(directory, { recursive: true });
  const files = (await readdir(directory)).filter((file) => file.endsWith('.tsv')).sort();
  const notes = files.map(async (file) => {
    const text = await readFile(join(directory, file), 'utf8');
    return [file.slice(0, -'.tsv'.length), parseNotes(text)] as const;
  });
  return new Map(await Promise.all(notes));
}

/** The lines of one file, sorted; a head of lines that begin with `#` is left out. */
function parseNotes(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split('\t').map(canonical).join('\t')).sort();
}

/** JSON text in a cell begins after `json:`; its keys may come in any order. */
function canonical(cell: string): string {
  const [, before, json] = /^(.*?json:)(.*)$/.exec(cell) ?? [];
  if (before === undefined || json === undefined) return cell;
  return before + stringify(sortKeys(parse(json)));
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null || isLosslessNumber(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sortKeys(each)]));
}
