import { field, type Streams, TopologyBuilder } from '../storm-api/builder/index.ts';
import { Double } from '../storm-api/values/index.ts';
import { shellBolt } from './index.ts';
import { ScriptFolder, ShellRun, Sink, Source } from './shell-run.fixture.ts';

let folder: ScriptFolder;
let run: ShellRun | undefined;
beforeEach(() => {
  folder = new ScriptFolder();
});
afterEach(async () => {
  await run?.stop();
  run = undefined;
  folder.remove();
});

const oneField: Streams = { default: { value: field<unknown>() } };

interface BoltRun {
  readonly script: string;
  readonly values: readonly unknown[];
  readonly config?: Readonly<Record<string, unknown>>;
  readonly streams?: Streams;
  readonly tickSecs?: number;
}

function start({ script, values, config = {}, streams = oneField, tickSecs }: BoltRun) {
  folder.write('bolt.py', `import os, sys, time\nimport storm\n${script}\n`);
  const source = new Source(values);
  const sink = new Sink();
  const options = folder.options(['python3', 'bolt.py']);
  const program = new TopologyBuilder('shell', config)
    .setSpout('source', source.component)
    .setBolt('bolt', shellBolt({ ...options, streams, tickSecs: tickSecs ?? null }))
    .shuffleGrouping('source')
    .setBolt('sink', sink.component)
    .shuffleGrouping('bolt')
    .build();
  run = new ShellRun(program);
  return { source, sink, run };
}

const echo = `
class Echo(storm.BasicBolt):
    def process(self, tup):
        storm.emit([tup.values[0]])
Echo().run()`;

it('a child gets each tuple once, and its emits and acks reach the topology', async () => {
  const values = Array.from({ length: 2000 }, (_, index) => `value ${index}`);
  const { source, sink, run } = start({ script: echo, values });
  await run.until(() => source.acked.length === values.length);
  expect(sink.tuples.map(([value]) => value)).toEqual(values);
  expect(source.failed).toEqual([]);
  expect(run.errors).toEqual([]);
});

it('values come back as exactly as Java and JSON tell them apart', async () => {
  const values = [
    1,
    new Double(1),
    0.1,
    9007199254740993n,
    -(2n ** 63n),
    1e300,
    true,
    null,
    'ü\u2028"\\/\n\nend\n',
    '😀',
    [1, [new Double(2)], { a: [null], __proto__x: 1 }],
    '',
  ];
  const { source, sink, run } = start({ script: echo, values });
  await run.until(() => source.acked.length === values.length);
  expect(sink.tuples.map(([value]) => value)).toEqual(values);
});
