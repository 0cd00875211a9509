// gearstorm submit conformance-tests/native/mixed-delivery.ts --name NAME -- LOG JAR [OPTION=N]... [python=FOLDER]
// The topology of acme.delivery with some of its components in Java, for the same judge; one of them in
// Python when there is a folder with its carry.py.
import { field, javaBolt, javaSpout, shellBolt, TopologyBuilder } from 'gearstorm';
import { archive, carry, sort } from './delivery.ts';

const letter = { letter: field<number>(), token: field<string>() };
const half = { ...letter, half: field<string>() };

const carryInPython = (resources: string) =>
  shellBolt(['python', 'carry.py'], { streams: { default: half }, resources });

export default (path = '', jar = '', ...words: readonly string[]) => {
  const options = new Map(words.map((word) => word.split('=') as [string, string]));
  const option = (name: string, fallback: number) => Number(options.get(name) ?? fallback);
  const python = options.get('python');
  const letters = javaSpout({
    jar,
    class: 'acme.delivery.LetterSpout',
    args: [option('rate', 500)],
    streams: { default: letter },
  });
  const door = javaBolt({
    jar,
    class: 'acme.delivery.DoorBolt',
    args: [true],
    takes: half,
  });
  return new TopologyBuilder('delivery', {
    'delivery.log': path,
    'topology.workers': option('workers', 2),
    'topology.max.spout.pending': option('pending', 500),
    'topology.message.timeout.secs': option('timeout', 5),
  })
    .setSpout('letters', letters, { parallelism: 2 })
    .setBolt('sort', sort, { parallelism: 3 })
    .shuffleGrouping('letters')
    .setBolt('carry', python === undefined ? carry : carryInPython(python), { parallelism: 3 })
    .localOrShuffleGrouping('sort', 'halves')
    .setBolt('door', door, { parallelism: 3 })
    .fieldsGrouping('carry', ['letter'])
    .setBolt('archive', archive(path), { parallelism: 2 })
    .allGrouping('sort', 'copies')
    .build();
};
