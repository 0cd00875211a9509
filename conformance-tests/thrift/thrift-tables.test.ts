import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import {
  decode,
  decodeTopology,
  encode,
  encodeTopology,
  StormTopology,
} from '../../storm-api/thrift/index.ts';
import { type FieldFacts, ourFacts, type ThriftFacts } from './our-facts.ts';

// Goal: our Thrift tables are those of the real jars. Method: a Java program reads the generated
// classes of a storm-core jar by reflection, and lets Storm's own builder and serializer make bytes.

interface JarFacts extends ThriftFacts {
  readonly topologyHex: string;
}

interface JarUnderTest {
  readonly version: string;
  readonly libraries: string;
  /** Fields that only later generations have and whose clients require them in every reply. */
  readonly requiredLater: readonly string[];
}

const root = join(import.meta.dirname, '../..');
const storm097: JarUnderTest = {
  version: '0.9.7',
  libraries: join(root, 'build/storm-0.9/lib'),
  requiredLater: ['ClusterSummary.nimbuses', 'ExecutorStats.rate'],
};
const storm010: JarUnderTest = {
  version: '0.10.2',
  libraries: join(root, 'build/storm-0.10/lib'),
  requiredLater: ['ClusterSummary.nimbuses'],
};

const storm283: JarUnderTest = {
  version: '2.8.3',
  libraries: join(root, 'build/storm-clients/2.8.3'),
  requiredLater: [],
};

describe('Thrift tables against storm-core 0.9.7', () => checks(storm097));
describe('Thrift tables against storm-core 0.10.2', () => checks(storm010));

describe('Thrift tables against storm-client 2.8.3, as far as we answer its calls', () => {
  const ours = ourFacts();
  let theirs: JarFacts;

  beforeAll(async () => {
    theirs = await jarFacts(storm283);
  }, 60_000);

  it('gives every field that both have its id and type', () => {
    const shared = Object.keys(ours.types).filter((name) => theirs.types[name] !== undefined);
    expect(shared).toEqual(expect.arrayContaining(['TopologyPageInfo', 'ComponentPageInfo']));
    for (const name of shared) {
      const known = new Map(fieldsById(ours, name).map((field) => [field.id, field]));
      for (const field of fieldsById(theirs, name)) {
        const our = known.get(field.id);
        if (our !== undefined) expect(nameless(our), name).toEqual(nameless(field));
      }
    }
  });

  it('has every field that its clients require in an answer', () => {
    // of which there are none in any answer of ours
    const neverSent = ['ProfileRequest.nodeInfo'];
    for (const name of Object.keys(ours.types)) {
      const required = fieldsById(theirs, name).filter((each) => each.requiredness === 'required');
      const ids = fieldsById(ours, name).map(({ id }) => id);
      const missing = required.filter(({ id }) => !ids.includes(id)).map((each) => each.name);
      expect(
        missing.filter((field) => !neverSent.includes(`${name}.${field}`)),
        name,
      ).toEqual([]);
    }
  });

  // clause: client-calls
  it('understands its arguments and answers what it expects', () => {
    const shared = Object.keys(ours.methods).filter((name) => theirs.methods[name] !== undefined);
    expect(shared).toEqual(expect.arrayContaining(['getTopologyPageInfo_args', 'getLeader_args']));
    for (const name of shared) {
      expect(ours.methods[name]?.map(nameless), name).toEqual(
        expect.arrayContaining((theirs.methods[name] ?? []).map(nameless)),
      );
    }
  });
});

function checks(jar: JarUnderTest): void {
  const ours = ourFacts();
  let theirs: JarFacts;

  beforeAll(async () => {
    theirs = await jarFacts(jar);
  }, 60_000);

  it('has every type that the services of the jar reach, and tells each alike', () => {
    const reachable = reachableTypes(theirs);
    expect(reachable.size).toBeGreaterThan(25);
    for (const name of reachable) {
      expect(ours.types[name]?.kind, name).toBe(theirs.types[name]?.kind);
    }
  });

  it('gives enum constants the numbers of the jar', () => {
    for (const [name, type] of Object.entries(theirs.types)) {
      const our = ours.types[name];
      if (type.kind === 'enum' && our?.kind === 'enum') expect(our.values).toEqual(type.values);
    }
  });

  it('gives every field of the jar its id, type and requiredness', () => {
    for (const name of reachableTypes(theirs)) {
      expect(fieldsById(ours, name), name).toEqual(
        expect.arrayContaining([...fieldsById(theirs, name)]),
      );
    }
  });

  it('adds no field that a client of the jar would be asked for', () => {
    for (const name of reachableTypes(theirs)) {
      const known = new Set(fieldsById(theirs, name).map(({ id }) => id));
      const asked = fieldsById(ours, name)
        .filter(({ id, requiredness }) => !known.has(id) && requiredness !== 'optional')
        .map((field) => `${name}.${field.name}`)
        .filter((field) => !jar.requiredLater.includes(field));
      expect(asked).toEqual([]);
    }
  });

  // clause: client-calls
  it('has every method of the jar with the same arguments and results', () => {
    for (const [struct, fields] of Object.entries(theirs.methods)) {
      const our = ours.methods[struct];
      expect(our, struct).toBeDefined();
      for (const field of fields) {
        if (isAuthorizationOf(field, jar)) continue;
        expect(our?.map(nameless), struct).toContainEqual(nameless(field));
      }
    }
  });

  it('reads a topology of the real builder and writes the same bytes again', () => {
    const bytes = Buffer.from(theirs.topologyHex, 'hex');
    const structure = decode(StormTopology, bytes);
    expect([...structure.bolts.keys()].sort()).toEqual(['count', 'global']);
    expect(structure.bolts.get('global')?.common.inputs.size).toBe(5);
    expect(encode(StormTopology, structure).toString('hex')).toBe(theirs.topologyHex);
  });

  it('keeps the bytes of such a topology through the neutral model', () => {
    const bytes = Buffer.from(theirs.topologyHex, 'hex');
    const frame = { name: 'words', generation: 'storm-0.9', config: StormConf.empty } as const;
    expect(encodeTopology(decodeTopology(bytes, frame)).toString('hex')).toBe(theirs.topologyHex);
  });
}

async function jarFacts({ version, libraries }: JarUnderTest): Promise<JarFacts> {
  const jars = [`storm-core-${version}.jar`, `storm-client-${version}.jar`];
  if (!jars.some((jar) => existsSync(join(libraries, jar)))) {
    throw new Error(`Storm ${version} is not in ${libraries}: run npm run setup`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-facts-'));
  try {
    const program = join(folder, 'ThriftFacts.java');
    await writeFile(program, await programFor(version));
    const words = ['-cp', join(libraries, '*'), program];
    const { stdout } = await promisify(execFile)('java', words, { maxBuffer: 1 << 24 });
    // Storm's own log lines may stand before ours.
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The packages of Storm and of its Thrift have other names from 1.0 on. */
async function programFor(version: string): Promise<string> {
  const text = await readFile(join(import.meta.dirname, 'ThriftFacts.java'), 'utf8');
  if (version.startsWith('0.')) return text;
  return text
    .replaceAll('backtype.storm', 'org.apache.storm')
    .replaceAll('backtype/storm', 'org/apache/storm')
    .replaceAll('org.apache.thrift7', 'org.apache.storm.thrift');
}

/** Types that the arguments, results and exceptions of the services' methods lead to. */
function reachableTypes({ types, methods }: ThriftFacts): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (fields: readonly FieldFacts[]): void => {
    for (const name of fields.flatMap(({ type }) => type.split(/[<>,]/))) {
      const type = types[name];
      if (type === undefined || reached.has(name)) continue;
      reached.add(name);
      if (type.kind !== 'enum') visit(type.fields);
    }
  };
  for (const fields of Object.values(methods)) visit(fields);
  for (const [name, type] of Object.entries(types)) {
    if (type.kind === 'exception') reached.add(name);
  }
  return reached;
}

function fieldsById({ types }: ThriftFacts, name: string): readonly FieldFacts[] {
  const type = types[name];
  if (type === undefined || type.kind === 'enum') return [];
  return [...type.fields].sort((a, b) => a.id - b.id);
}

/** Requiredness of arguments is ours to choose: generated classes never mark them. */
function nameless({ id, type }: FieldFacts): Pick<FieldFacts, 'id' | 'type'> {
  return { id, type };
}

/** The second exception of 0.10's uploads takes no id that 0.9 used. */
function isAuthorizationOf({ name }: FieldFacts, jar: JarUnderTest): boolean {
  return name === 'aze' && jar.version.startsWith('0.9');
}
