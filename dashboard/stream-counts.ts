import type { ComponentId, InputCount, StreamId, WindowCounts } from '../storm-api/index.ts';

/** What a bolt did with the tuples of one stream; null: with none of them. */
export interface InputStream {
  readonly source: ComponentId;
  readonly stream: StreamId;
  readonly executed: InputCount | null;
  readonly acked: InputCount | null;
  readonly failed: InputCount | null;
}

/** What a component sent on one stream; of a spout also what became of it. */
export interface OutputStream {
  readonly stream: StreamId;
  readonly emitted: number;
  readonly transferred: number;
  readonly acked: InputCount | null;
  readonly failed: InputCount | null;
}

/** Every stream of which a bolt executed, acked or failed something. */
export function inputStreams({ acked, failed, executed }: WindowCounts): readonly InputStream[] {
  const keyOf = ({ source, stream }: InputCount) => JSON.stringify([source, stream]);
  const by = (inputs: readonly InputCount[]) => new Map(inputs.map((each) => [keyOf(each), each]));
  const [acks, fails, executes] = [by(acked), by(failed), by(executed)];
  return [...new Map([...fails, ...acks, ...executes])].map(([key, { source, stream }]) => ({
    ...{ source, stream },
    executed: executes.get(key) ?? null,
    acked: acks.get(key) ?? null,
    failed: fails.get(key) ?? null,
  }));
}

/** Every stream that a component emitted to; of a spout also those with an ack or a failure. */
export function outputStreams(
  counts: WindowCounts,
  kind: 'spout' | 'bolt',
  isVisible: (stream: StreamId) => boolean,
): readonly OutputStream[] {
  const by = (inputs: readonly InputCount[]) =>
    new Map(kind === 'spout' ? inputs.map((each) => [each.stream, each]) : []);
  const [acked, failed] = [by(counts.acked), by(counts.failed)];
  const emitted = [...counts.emitted.keys()].filter(isVisible);
  return [...new Set([...emitted, ...acked.keys(), ...failed.keys()])].map((stream) => ({
    stream,
    emitted: counts.emitted.get(stream) ?? 0,
    transferred: counts.transferred.get(stream) ?? 0,
    acked: acked.get(stream) ?? null,
    failed: failed.get(stream) ?? null,
  }));
}
