import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NativeTopology, submissionHook } from '../../storm-api/builder/index.ts';

/** A module that was loaded has no topology to run; the message says what is missing. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** How a program is to be run to make its topology. */
export interface ProgramCall {
  /** For its default export, when that is a function, and in `process.argv`. */
  readonly words: readonly string[];
  /** The topology is the one that the program submits by this name; null: whichever it has. */
  readonly submits: string | null;
}

/** A program that submits its topology later than its module is there, submits it so soon. */
const submissionMsMax = 30_000;

/**
 * Runs a program's module and takes the topology that it exports as its default, or that the
 * function which it exports so makes of the words, or that it submits.
 * @throws ProgramError when there is none; what the program throws
 */
export async function importProgram(file: string, call: ProgramCall): Promise<NativeTopology> {
  const { words } = call;
  process.argv = [process.argv[0] ?? '', file, ...words];
  const submitted = submittedBy(call);
  const imported = import(pathToFileURL(file).href).then(({ default: made }) =>
    made === undefined ? null : makeTopology(made, words),
  );
  const topology = await Promise.race([submitted, imported]);
  if (topology !== null) return topology;
  const mentions = (await readFile(file, 'utf8')).includes('submitTopology');
  return await Promise.race([submitted, nothingSubmitted(mentions ? submissionMsMax : 0)]);
}

/** What lies beside a program that was submitted. */
export async function readProgramCall(programFile: string): Promise<ProgramCall> {
  const file = join(dirname(programFile), 'program.json');
  return JSON.parse(await readFile(file, 'utf8')) as ProgramCall;
}

function submittedBy({ submits }: ProgramCall): Promise<NativeTopology> {
  return new Promise((resolve) => {
    const hooks = globalThis as { [submissionHook]?: unknown };
    hooks[submissionHook] = (name: string, topology: NativeTopology) => {
      if (submits !== null && submits !== name) return Promise.resolve();
      resolve(topology);
      return new Promise(() => {}); // what the program does after it is not ours to do
    };
  });
}

async function makeTopology(made: unknown, words: readonly string[]): Promise<NativeTopology> {
  const topology: unknown = typeof made === 'function' ? await made(...words) : made;
  if (isTopology(topology)) return topology;
  throw new ProgramError(
    'the program has no topology: its default export is neither what TopologyBuilder.build() returns nor a function that returns it',
  );
}

function isTopology(value: unknown): value is NativeTopology {
  return (
    typeof value === 'object' && value !== null && 'topology' in value && 'components' in value
  );
}

async function nothingSubmitted(waitMs: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, waitMs));
  throw new ProgramError(
    'the program has no topology: export default what TopologyBuilder.build() returns, or a function that returns it',
  );
}
