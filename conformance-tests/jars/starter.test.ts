// Goal: every main of the Apache-built storm-starter 0.9.4 that calls StormSubmitter and needs
// neither DRPC nor Trident runs unmodified, submitted by the real client.
// Method: submit, look at live tuples, check what the topology promises about them, kill.
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { Gearstorm, jars, type Peeked } from '../harness/index.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

let gearstorm: Gearstorm;

beforeAll(async () => {
  gearstorm = await Gearstorm.start();
});

afterEach(async () => {
  for (const { name } of await gearstorm.list()) await gearstorm.killAndWait(name);
});

afterAll(() => gearstorm.stop());

it('runs ExclamationTopology', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.ExclamationTopology', 'exclamation');
  const tuples = await gearstorm.peek('exclamation', 'exclaim2', 60);
  const words = new Set(tuples.map(({ values }) => values[0]));
  const expected = ['bertels', 'golda', 'jackson', 'mike', 'nathan'].map((name) => `${name}!!!!!!`);
  expect([...words].sort()).toEqual(expected);
});

it('runs WordCountTopology with its Python splitter', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.WordCountTopology', 'words');
  expect(countProblems(await gearstorm.peek('words', 'count', 400))).toEqual([]);
});

it('runs WordCountTopologyNode with its JavaScript spout and splitter', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.WordCountTopologyNode', 'node-words');
  expect(countProblems(await gearstorm.peek('node-words', 'count', 200))).toEqual([]);
});

it('runs the word count written in Clojure', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.clj.word_count', 'clj-words');
  expect(countProblems(await gearstorm.peek('clj-words', '4', 400))).toEqual([]);
});

// clause: ticks
it('runs RollingTopWords, whose windows move with tick tuples', async () => {
  await gearstorm.submit(jars.starter, 'storm.starter.RollingTopWords', 'rolling', 'remote');
  const counts = await gearstorm.peek('rolling', 'counter', 30);
  for (const { values } of counts) {
    expect(values[0]).toMatch(/^(nathan|mike|jackson|golda|bertels)$/);
    expect(values[1]).toBeGreaterThan(0);
  }
  const rankings = await gearstorm.peek('rolling', 'finalRanker', 8);
  const last = rankedCounts(rankings.at(-1));
  expect(last.length).toBe(5);
  expect(last).toEqual([...last].sort((a, b) => b - a));
});

/** A word is always at one task, and its counts go up one by one. */
function countProblems(tuples: readonly Peeked[]): readonly string[] {
  const last = new Map<unknown, { task: number; count: number }>();
  return tuples.flatMap(({ task, values }) => {
    const [word, count] = values;
    const before = last.get(word);
    last.set(word, { task, count: Number(count) });
    if (before === undefined) return [];
    return before.task === task && before.count + 1 === count
      ? []
      : [`${word}: ${count} at task ${task} after ${before.count} at task ${before.task}`];
  });
}

/** A Rankings object shows itself as [[word|count|seconds], ...], best first. */
function rankedCounts(tuple: Peeked | undefined): readonly number[] {
  const matches = String(tuple?.values[0]).matchAll(/\|(\d+)\|/g);
  return [...matches].map((match) => Number(match[1]));
}
