import { expect, it, onTestFinished } from 'vitest';
import { TopologyBuilder } from '../storm-api/builder/index.ts';
import { shellBolt } from './index.ts';
import { ScriptFolder, ShellRun, Source } from './shell-run.fixture.ts';

// clause: shell-metrics
it('a child changes the metrics that its configuration names, and consumers hear of them', async () => {
  const folder = new ScriptFolder();
  onTestFinished(() => folder.remove());
  folder.write(
    'bolt.py',
    `
import storm
class Measuring(storm.BasicBolt):
    def process(self, tup):
        storm.rpcMetrics("seen", None)
        storm.rpcMetrics("seen", 4)
        storm.rpcMetrics("size", 1)
        storm.rpcMetrics("size", 2.0)
        storm.rpcMetrics("place", {"row": [3]})
        storm.rpcMetrics("size", "much")
        storm.rpcMetrics("unnamed", 1)
Measuring().run()`,
  );
  const metric = (kind: string) => ({ kind, periodSecs: 1 });
  const metrics = { seen: metric('count'), size: metric('mean'), place: metric('assignable') };
  const heard = new Map<string, unknown>();
  const source = new Source(['a']);
  const options = folder.options(['python3', 'bolt.py']);
  const program = new TopologyBuilder('measuring', { 'gearstorm.multilang.metrics': metrics })
    .metricsConsumer('test', {
      prepare: () => ({
        handleDataPoints: ({ componentId }, points) => {
          if (componentId !== 'bolt') return;
          for (const { name, value } of points) if (value !== 0) heard.set(name, value);
        },
      }),
    })
    .setSpout('source', source.component)
    .setBolt('bolt', shellBolt({ ...options, streams: {}, tickSecs: null }))
    .shuffleGrouping('source')
    .build();
  const run = new ShellRun(program);
  onTestFinished(() => run.stop());
  await run.until(() => heard.size === 3);
  expect(Object.fromEntries(heard)).toEqual({ seen: 5, size: 1.5, place: { row: [3] } });
  expect(run.errors).toEqual([
    'metric size: a mean is of numbers, not of much',
    'there is no metric unnamed: gearstorm.multilang.metrics does not name it',
  ]);
});
