import { writeFile } from 'node:fs/promises';
import type { ComponentSpec } from '../../../storm-api/index.ts';
import type { InspectedComponent, InspectionReport, InspectionRequest } from '../../wire/index.ts';
import { sentenceOf } from '../error-text.ts';
import type { Components } from '../fabric.ts';
import { checkVersion, readJson } from './assignment.ts';

type Component = NonNullable<ReturnType<Components['components']['get']>>;

export interface InspectionOptions {
  readonly requestFile: string;
  /** The topology's components, as submitted. */
  readonly read: (request: InspectionRequest) => Promise<readonly ComponentSpec[]>;
  /** As a worker makes them. */
  readonly load: (request: InspectionRequest) => Promise<Components>;
}

/**
 * Loads what native workers of a topology would load, and writes down what is wrong with it; no
 * method of a component is called.
 * @throws AssignmentError
 */
export async function inspectNative({ requestFile, read, load }: InspectionOptions): Promise<void> {
  const request = (await readJson(requestFile)) as InspectionRequest;
  checkVersion(requestFile, request.wireVersion);
  const specs = (await read(request)).filter(({ implementation }) => isNative(implementation.kind));
  const report: InspectionReport = {
    components: await examine(specs, () => load(request)),
    missingHookClasses: [],
  };
  await writeFile(request.reportFile, JSON.stringify(report), { mode: 0o600 });
}

function isNative(kind: ComponentSpec['implementation']['kind']): boolean {
  return kind === 'native';
}

async function examine(
  specs: readonly ComponentSpec[],
  load: () => Promise<Components>,
): Promise<readonly InspectedComponent[]> {
  try {
    const program = await Promise.race([load().then(afterThisTurn), uncaught()]);
    return specs.map((spec) => ({
      ...inspected(spec, problemOf(spec, program)),
      ...drpcFacts(program.components.get(spec.id)),
    }));
  } catch (error) {
    const [first, ...others] = specs;
    const problem = `the program does not load: ${sentenceOf(error)}`;
    if (first === undefined) return [];
    return [inspected(first, problem), ...others.map((spec) => inspected(spec, null))];
  }
}

/** What a program has begun may have failed by then, as a server does whose port is in use. */
function afterThisTurn<T>(value: T): Promise<T> {
  return new Promise((resolve) => setImmediate(() => resolve(value)));
}

/** Rejects with what nobody awaits or catches. */
function uncaught(): Promise<never> {
  return new Promise((_, reject) => process.once('uncaughtException', reject));
}

function problemOf({ id, kind }: ComponentSpec, { components }: Components): string | null {
  const found = components.get(id);
  if (found === undefined) return 'the program has no such component when it runs here';
  return found.kind === kind ? null : `it is a ${kind}, but a ${found.kind} in the program`;
}

/** Requests are fetched without Storm's classes; a name says so. */
const fetcherClass = 'gearstorm.drpcSpout';

function drpcFacts(component: Component | undefined) {
  if (component?.kind !== 'spout') return {};
  const { drpcFunctions = [] } = component.definition;
  return drpcFunctions.length === 0 ? {} : { className: fetcherClass, drpcFunctions };
}

function inspected({ id }: ComponentSpec, problem: string | null): InspectedComponent {
  const nothing = { drpcFunctions: [], shellCommand: null, transactionalIds: [] };
  return { id, className: null, problem, ...nothing };
}
