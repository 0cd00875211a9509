import {
  type Bolt,
  bolt,
  type Fields,
  field,
  type OutputCollector,
  type Streams,
  type Tuple,
} from '../builder/index.ts';
import type { Node } from './graph.ts';
import { each, type Head } from './heads.ts';
import type { Feed, Stage, StageOutput } from './plan-stages.ts';
import { inTurn, type Step } from './steps.ts';

/** The bolt that runs a stage. */
export function stageBolt(stage: Stage, feeds: readonly Feed[]): Bolt<unknown, Streams> {
  const { root, members, outputs } = stage;
  const head: Head = root.kind === 'head' ? root.head : each;
  const tickSecs = root.kind === 'head' ? root.tickSecs : null;
  const concurrency = Math.max(1, ...members.map(({ wishes }) => wishes.concurrency ?? 1));
  const raw = new Set(feeds.filter(({ isRaw }) => isRaw).map(feedKey));
  const readValue = (tuple: Tuple<unknown>) => {
    const { sourceComponent: component, sourceStream: stream } = tuple;
    return raw.has(feedKey({ component, stream })) ? tuple.values : tuple.list[0];
  };
  return bolt<unknown, Streams>({
    streams: Object.fromEntries(
      [...outputs.values()].flat().map((output) => [output.stream, fieldsOf(output)]),
    ),
    concurrency,
    ...(tickSecs === null ? {} : { tickSecs }),
    prepare: (_, collector) => {
      const emits = (node: Node) => emitting(outputs.get(node) ?? [], collector);
      return head({ next: stepsAfter(root, emits), collector, readValue });
    },
  });
}

function feedKey({ component, stream }: Pick<Feed, 'component' | 'stream'>): string {
  return JSON.stringify([component, stream]);
}

function fieldsOf({ key, fields }: StageOutput): Fields {
  const names = [...(key === null ? [] : ['key']), ...(fields ?? ['value'])];
  return Object.fromEntries(names.map((name) => [name, field<unknown>()]));
}

/** What becomes of a value that has come out of a node: emitted, and given to the operators after it. */
function stepsAfter(node: Node, emits: (node: Node) => readonly Step[]): Step {
  const operators = node.children.flatMap((child) =>
    child.kind === 'operator' ? [child.make(stepsAfter(child, emits))] : [],
  );
  return inTurn([...emits(node), ...operators]);
}

function emitting(
  outputs: readonly StageOutput[],
  collector: OutputCollector<Streams>,
): readonly Step[] {
  return outputs.map(({ stream, key, fields }): Step => {
    const valuesOf = fields === null ? (value: unknown) => ({ value }) : picking(fields);
    return (value, anchors) => {
      const values = valuesOf(value);
      const all = key === null ? values : { key: checkedKey(key(value as never)), ...values };
      collector.emit(all as never, { stream, anchors });
      return collector.room(); // a value that becomes many waits where its targets are full
    };
  });
}

function picking(fields: readonly string[]) {
  return (value: unknown) => {
    const named = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(fields.map((name) => [name, named[name]]));
  };
}

/** States are found by their key, so it must be one that equals itself: no object. */
function checkedKey(key: unknown): unknown {
  if (key === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof key)) return key;
  throw new TypeError(`groupBy gave ${typeof key}: a key is a string, number, boolean or null`);
}
