import { readdirSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { planInOneProcess, systemClock } from '../runtime/native/index.ts';
import { bolt, field, spout, TopologyBuilder } from '../storm-api/builder/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { describePlannedTask } from './describe.ts';
import { shellBolt } from './index.ts';
import { ScriptFolder, ShellRun } from './shell-run.fixture.ts';

const pair = { key: field<string>(), value: field<number>() };
const topology = new TopologyBuilder('described', { 'own.rate': 0.5 })
  .setSpout('source', spout({ streams: { default: pair }, open: () => ({ nextTuple: () => {} }) }))
  .setBolt(
    'middle',
    bolt({
      streams: { default: pair, late: { key: field<string>() } },
      prepare: () => ({ execute: () => {} }),
    }),
    { parallelism: 2, config: { 'own.key': 'x' } },
  )
  .fieldsGrouping('source', ['key'])
  .setBolt('sink', bolt({ streams: {}, prepare: () => ({ execute: () => {} }) }))
  .globalGrouping('middle', 'late')
  .build();

// clause: shell-handshake, context-json
it('a task is told its configuration, and of the topology what the user built', () => {
  const plan = planInOneProcess(topology, StormConf.empty, systemClock);
  const { conf, context } = describePlannedTask(plan, 'middle', 3);
  expect(JSON.parse(conf)).toMatchObject({ 'own.rate': 0.5, 'own.key': 'x' });
  const { 'task->component': components, ...about } = JSON.parse(context);
  expect(components).toMatchObject({ 2: 'middle', 3: 'middle', 4: 'sink', 5: 'source' });
  expect(about).toEqual({
    taskid: 3,
    componentid: 'middle',
    streams: ['default', 'late'],
    'stream->outputfields': { default: ['key', 'value'], late: ['key'] },
    'stream->target->grouping': { late: { sink: { type: 'FIELDS', fields: [] } } },
    'source->stream->grouping': { source: { default: { type: 'FIELDS', fields: ['key'] } } },
    'source->stream->fields': { source: { default: ['key', 'value'] } },
  });
});

// clause: shell-handshake
it('a subprocess answers with its process id, and leaves a file of that name', async () => {
  const folder = new ScriptFolder();
  onTestFinished(() => folder.remove());
  folder.write(
    'bolt.py',
    `
import json, sys
setup = json.loads(sys.stdin.readline())
import os
open(os.path.join(setup["pidDir"], str(os.getpid())), "w").close()
sys.stdout.write(json.dumps({"pid": os.getpid()}) + "\\nend\\n")
sys.stdout.write(json.dumps({"command": "log", "msg": "%d %s" % (os.getpid(), setup["context"]["componentid"])}) + "\\nend\\n")
sys.stdout.flush()
sys.stdin.read()
`,
  );
  const program = new TopologyBuilder('shaking')
    .setSpout(
      'source',
      spout({ streams: { default: pair }, open: () => ({ nextTuple: () => {} }) }),
    )
    .setBolt(
      'bolt',
      shellBolt({ ...folder.options(['python3', 'bolt.py']), streams: {}, tickSecs: null }),
    )
    .shuffleGrouping('source')
    .build();
  const run = new ShellRun(program);
  onTestFinished(() => run.stop());
  const isTold = (line: string) => /^\d+ bolt$/.test(line);
  await run.until(() => folder.log.some(isTold));
  const [pid] = folder.log.find(isTold)?.split(' ') ?? [];
  expect(readdirSync(folder.pidDir)).toEqual([pid]);
});
