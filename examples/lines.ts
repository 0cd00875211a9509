// gearstorm local examples/lines.ts README.md
// gearstorm local examples/lines.ts https://example.org/
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { basicBolt, field, spout, TopologyBuilder, type Tuple } from 'gearstorm';

async function open(place: string, signal: AbortSignal): Promise<Readable> {
  if (!place.startsWith('http')) return createReadStream(place, { signal });
  const { ok, status, body } = await fetch(place, { signal });
  if (!ok || body === null) throw new Error(`${place} answered ${status}`);
  return Readable.fromWeb(body as Parameters<typeof Readable.fromWeb>[0], { signal });
}

/** Reads on only when the topology wants the next line; what fails is emitted again. */
const lines = (place: string) =>
  spout({
    streams: { default: { number: field<number>(), line: field<string>() } },
    replay: true,
    async *source(_, signal) {
      let number = 0;
      for await (const line of createInterface({ input: await open(place, signal) })) {
        number += 1;
        yield { values: { number, line }, messageId: number };
      }
    },
  });

const longest = basicBolt({
  streams: { default: { number: field<number>(), length: field<number>() } },
  execute: ({ values: { number, line } }: Tuple<{ number: number; line: string }>, collector) => {
    if (line.length > 80) collector.emit({ number, length: line.length });
  },
});

export default (place = 'README.md') =>
  new TopologyBuilder('lines', { 'topology.max.spout.pending': 100 })
    .setSpout('lines', lines(place))
    .setBolt('longest', longest)
    .shuffleGrouping('lines')
    .build();
