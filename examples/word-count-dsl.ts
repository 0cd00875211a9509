// gearstorm local examples/word-count-dsl.ts
import { StreamBuilder } from 'gearstorm/dsl';

const lines = [
  'the cow jumped over the moon',
  'an apple a day keeps the doctor away',
  'four score and seven years ago',
];

function* endlessly<Value>(values: readonly Value[]) {
  for (;;) yield* values;
}

const program = new StreamBuilder('word-count-dsl', { 'topology.max.spout.pending': 1000 });

program
  .stream('lines', () => endlessly(lines))
  .flatMap((line) => line.split(' '))
  .groupBy((word) => word)
  .reduce((count) => count + 1, 0)
  .parallelism(2)
  .filter(({ value }) => value % 10_000 === 0)
  .sink(({ key, value }) => process.stdout.write(`${key} ${value}\n`));

export default program.build();
