// npm run demo:kafka: a broker, a producer, and a topology that counts words from topic to topic.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gearstorm, KafkaBroker, KafkaTopics, projectRoot } from '../harness/index.ts';

const program = join(projectRoot, 'examples/kafka-word-count.ts');
const text = ['the cow jumped over the moon', 'an apple a day keeps the doctor away'];
const group = 'kafka-word-count';
const topics = { lines: 'lines', counts: 'counts' } as const;
const linesPerTurn = 50;
const turnMs = 250;
const topWords = 6;
/** With --once: so many lines, and how long their counts may take. */
const onceLines = 5_000;
const onceMs = 60_000;

async function main(): Promise<number> {
  const once = process.argv.includes('--once');
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => interrupted.abort());
  say('Starting a Kafka broker and serve');
  const broker = await KafkaBroker.start();
  const gearstorm = await Gearstorm.prepare();
  try {
    await gearstorm.serve();
    return await show({ broker, gearstorm, once, signal: interrupted.signal });
  } finally {
    say('Stopping');
    await gearstorm.stop();
    await broker.stop();
  }
}

interface Stage {
  readonly broker: KafkaBroker;
  readonly gearstorm: Gearstorm;
  readonly once: boolean;
  readonly signal: AbortSignal;
}

async function show({ broker, gearstorm, once, signal }: Stage): Promise<number> {
  const kafka = await KafkaTopics.connect(broker.address);
  try {
    for (const topic of Object.values(topics)) await kafka.create(topic, 3);
    const counts = new Map<string, number>();
    await kafka.follow(topics.counts, (word, count) => {
      counts.set(word, Math.max(counts.get(word) ?? 0, Number(count)));
    });
    await gearstorm.command('submit', program, broker.address, topics.lines, topics.counts);
    say(`The page is ${gearstorm.uiUrl}/`);
    const lines = await produceAndWatch(kafka, counts, { once, signal });
    const problem = once ? await judge(kafka, counts, { lines, signal }) : null;
    if (once) say(problem ?? `${lines} lines, ${counts.size} words: every count is right`);
    return problem === null ? 0 : 1;
  } finally {
    await kafka.close();
  }
}

/** Writes lines until it is enough; returns how many. */
async function produceAndWatch(
  kafka: KafkaTopics,
  counts: ReadonlyMap<string, number>,
  { once, signal }: Pick<Stage, 'once' | 'signal'>,
): Promise<number> {
  let lines = 0;
  for (let turn = 0; !signal.aborted && (!once || lines < onceLines); turn++) {
    const batch = Array.from({ length: linesPerTurn }, (_, n) => text[n % text.length] ?? '');
    await kafka.produce(topics.lines, batch);
    lines += batch.length;
    if (turn % 4 === 0) say(`${await stateOf(kafka)}  ${topOf(counts)}`);
    if (!once) await sleep(turnMs);
  }
  return lines;
}

/** How far the group is behind in each partition. */
async function stateOf({ admin }: KafkaTopics): Promise<string> {
  const ends = await admin.fetchTopicOffsets(topics.lines);
  const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topics.lines] });
  const lags = ends
    .map(({ partition, high }) => {
      const found = committed?.partitions.find((each) => each.partition === partition);
      return `${partition}:${Number(high) - Math.max(Number(found?.offset ?? 0), 0)}`;
    })
    .sort();
  const produced = ends.reduce((sum, { high }) => sum + Number(high), 0);
  return `produced ${produced}  lag ${lags.join(' ')}`;
}

function topOf(counts: ReadonlyMap<string, number>): string {
  const top = [...counts].sort(([, one], [, other]) => other - one).slice(0, topWords);
  return top.map(([word, count]) => `${word} ${count}`).join('  ');
}

/** Waits until every word was counted as often as it was written; null when it was. */
async function judge(
  kafka: KafkaTopics,
  counts: ReadonlyMap<string, number>,
  { lines, signal }: { readonly lines: number; readonly signal: AbortSignal },
): Promise<string | null> {
  const expected = new Map<string, number>();
  for (const word of text.flatMap((line) => line.split(' '))) {
    expected.set(word, (expected.get(word) ?? 0) + lines / text.length);
  }
  const endMs = performance.now() + onceMs;
  const wrong = () => [...expected].find(([word, count]) => counts.get(word) !== count);
  while (wrong() !== undefined && performance.now() < endMs && !signal.aborted) {
    say(`${await stateOf(kafka)}  ${topOf(counts)}`);
    await sleep(turnMs);
  }
  const found = wrong();
  if (found === undefined) return null;
  const [word, count] = found;
  return `"${word}" was counted ${counts.get(word) ?? 0} times and written ${count} times`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
