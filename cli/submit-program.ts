import { readFile } from 'node:fs/promises';
import type { ForeignFiles, NativeTopology } from '../storm-api/builder/index.ts';
import type { StormConf, Topology } from '../storm-api/index.ts';
import type { CommandContext } from './command-context.ts';
import { clientConfiguration } from './configuration.ts';
import { CommandError } from './errors.ts';
import { type Bundle, bundleProgram, loadProgram } from './native-program.ts';
import { withNimbus } from './nimbus-connection.ts';
import { resourceEntries } from './resource-entries.ts';
import { checkTypes } from './type-check.ts';
import { uploadProgress } from './upload-progress.ts';
import { addToZip, type ZipEntry, zipOf } from './zip-file.ts';

export interface SubmitRequest {
  readonly file: string;
  readonly words: readonly string[];
  /** null: the topology's own. */
  readonly name: string | null;
  /** Of a program that submits topologies itself, the name of the one that is meant; null: any. */
  readonly submits: string | null;
}

/** A program that was run once, with what it was run with. */
export interface LoadedProgram {
  readonly bundle: Bundle;
  readonly program: NativeTopology;
  readonly words: readonly string[];
}

/** Where a submission's archive has the program; what is below it reaches the workers. */
const folder = 'gearstorm/program';

/**
 * Submits the topology of a program: its code, with all it imports, goes to Nimbus as a jar does.
 * @throws CommandError with the program's own line, AlreadyAliveError, InvalidTopologyError
 */
export async function submitProgram(
  context: CommandContext,
  request: SubmitRequest,
): Promise<void> {
  const { programModules, packages } = context.paths;
  const bundle = await bundleProgram(request.file, programModules);
  checkTypes(request.file, programModules, packages);
  const program = await loadProgram(bundle, request);
  const topology = named(program, request.name, overridesOf(context));
  await submitLoaded(context, topology, await archiveOf(bundle, request, program.files));
  context.out.write(`Submitted topology: ${topology.name}\n`);
}

/**
 * Submits a program that was loaded, by its own name, to the Nimbus of `client`.
 * @param context whose overrides are put over the topology's configuration
 * @throws CommandError, InvalidTopologyError
 */
export async function submitForeground(
  context: CommandContext,
  client: CommandContext,
  { bundle, program, words }: LoadedProgram,
): Promise<void> {
  const topology = named(program, null, overridesOf(context));
  const archive = await archiveOf(bundle, { words, submits: null }, program.files);
  await submitLoaded(client, topology, archive);
}

async function submitLoaded(
  context: CommandContext,
  topology: Topology,
  archive: Buffer,
): Promise<void> {
  await withNimbus(context, async (nimbus) => {
    const location = await nimbus.upload(archive, uploadProgress(context.err));
    await nimbus.submit(topology, location);
  });
}

/** The version decides, as for any client, which Storm's rules the topology is run by. */
function named({ topology }: NativeTopology, name: string | null, overrides: StormConf): Topology {
  const config = topology.config.merge(overrides).with({ 'gearstorm.storm.version': '0.10' });
  return { ...topology, name: name ?? topology.name, config };
}

async function archiveOf(
  { code }: Bundle,
  { words, submits }: Pick<SubmitRequest, 'words' | 'submits'>,
  { jars, resources }: ForeignFiles,
): Promise<Buffer> {
  const entries = [
    { name: `${folder}/program.mjs`, bytes: code },
    { name: `${folder}/program.json`, bytes: Buffer.from(JSON.stringify({ words, submits })) },
    ...(await resourceEntries(resources)),
  ];
  const [jar, another] = jars;
  if (jar === undefined) return zipOf(entries);
  if (another !== undefined) {
    throw new CommandError(`a topology has one jar: put ${jar} and ${another} into one`);
  }
  return await withJar(jar, entries);
}

/** The program travels in the jar: the JVM takes no notice of it. */
async function withJar(jar: string, entries: readonly ZipEntry[]): Promise<Buffer> {
  try {
    return addToZip(await readFile(jar), entries);
  } catch (error) {
    throw new CommandError(`${jar} cannot be the topology's jar: ${(error as Error).message}`);
  }
}

/** As Storm's client does: what the command line sets is put over the topology's configuration. */
function overridesOf(context: CommandContext): StormConf {
  const keys = context.options.overrides.map((text) => text.slice(0, text.indexOf('=')));
  return clientConfiguration(context).filter((key) => keys.includes(key));
}
