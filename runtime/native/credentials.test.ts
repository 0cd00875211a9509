// Goal: tasks find the credentials where they are made, and hear of every replacement once.
import { expect, it } from 'vitest';
import {
  bolt,
  field,
  type NativeTopology,
  spout,
  TopologyBuilder,
  type TopologyContext,
  type Tuple,
} from '../../storm-api/builder/index.ts';
import { StormConf } from '../../storm-api/index.ts';
import { systemClock } from '../clock.ts';
import { NativeRun, planInOneProcess } from './native-run.ts';

const heard: string[] = [];
const seen = (context: TopologyContext) => JSON.stringify([...context.credentials]);

/** Its spout emits once it was told of credentials, so that its bolt has no other input before. */
function watched(isOpened: Promise<void>): NativeTopology {
  return new TopologyBuilder('watched')
    .setSpout(
      'source',
      spout({
        streams: { default: { n: field<number>() } },
        open: async (context, collector) => {
          heard.push(`open ${seen(context)}`);
          await isOpened;
          let waiting = 0;
          return {
            nextTuple: () => {
              if (waiting === 0) return;
              waiting -= 1;
              collector.emit({ n: 1 }, { messageId: 1 });
            },
            setCredentials: (credentials) => {
              heard.push(`spout ${JSON.stringify([...credentials])} ${seen(context)}`);
              waiting += 1;
            },
          };
        },
      }),
    )
    .setBolt(
      'sink',
      bolt({
        streams: {},
        prepare: (context, collector) => {
          heard.push(`prepare ${seen(context)}`);
          return {
            execute: (tuple: Tuple<{ n: number }>) => {
              heard.push(`execute ${tuple.values.n}`);
              collector.ack(tuple);
            },
            setCredentials: async (credentials) =>
              void heard.push(`bolt ${JSON.stringify([...credentials])}`),
          };
        },
      }),
    )
    .shuffleGrouping('source')
    .build();
}

function runOf(program: NativeTopology): NativeRun {
  const plan = planInOneProcess(program, StormConf.empty, systemClock);
  return new NativeRun({ plan, worker: 0, incarnation: 1, program, clock: systemClock, seed: 1 });
}

it('are in the context of tasks that are made, and told when they are replaced', async () => {
  let letOpen = () => {};
  const program = watched(new Promise((resolve) => (letOpen = resolve)));
  const run = runOf(program);
  run.setCredentials(new Map([['user', 'a']]));
  run.start();
  await expect.poll(() => heard.length).toBe(2);
  run.setCredentials(new Map([['user', 'b']]));
  await expect.poll(() => heard.length).toBe(3);
  letOpen();
  await expect.poll(() => heard.length).toBe(5);
  expect(heard.toSorted()).toEqual([
    'bolt [["user","b"]]',
    'execute 1',
    'open [["user","a"]]',
    'prepare [["user","a"]]',
    'spout [["user","b"]] [["user","b"]]',
  ]);
  await run.stop();
});

it('are told once when they are replaced twice before a task has its turn', async () => {
  heard.length = 0;
  const program = watched(Promise.resolve());
  const run = runOf(program);
  run.start();
  // its own tuple tells that both are open: the first credentials are heard
  run.setCredentials(new Map([['user', 'a']]));
  await expect.poll(() => heard).toContain('execute 1');
  heard.length = 0;
  run.setCredentials(new Map([['user', 'b']]));
  run.setCredentials(new Map([['user', 'c']]));
  await expect.poll(() => heard).toContain('execute 1');
  expect(heard.toSorted()).toEqual([
    'bolt [["user","c"]]',
    'execute 1',
    'spout [["user","c"]] [["user","c"]]',
  ]);
  await run.stop();
});
