// A spout in Python, a splitter in Ruby and a counter in JavaScript, each a subprocess whose file is in
// the folder multilang/: gearstorm submit examples/word-count-multilang.ts
import { field, shellBolt, shellSpout, TopologyBuilder } from 'gearstorm';

const resources = 'examples/multilang'; // from where this is submitted
const sentence = { default: { sentence: field<string>() } };
const word = { default: { word: field<string>() } };
const counts = { default: { word: field<string>(), count: field<number>() } };

const sentences = shellSpout(['python3', 'sentences.py'], { streams: sentence, resources });
const split = shellBolt(['ruby', 'split.rb'], {
  resources,
  takes: sentence.default,
  streams: word,
});
const count = shellBolt(['node', 'count.cjs'], { resources, takes: word.default, streams: counts });

export default new TopologyBuilder('word-count-multilang')
  .setSpout('sentences', sentences)
  .setBolt('split', split, { parallelism: 2 })
  .shuffleGrouping('sentences')
  .setBolt('count', count, { parallelism: 2 })
  .fieldsGrouping('split', ['word'])
  .build();
