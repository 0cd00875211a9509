import { InvalidTopologyError } from '../errors.ts';
import type { BatchBolt } from './batch-bolt.ts';
import { type Bolt, basicBolt } from './component.ts';
import { coordinated } from './coordinated-bolt.ts';
import { coordinationStream } from './coordinated-task.ts';
import { addComponent, type Draft, type NativeGrouping, newDraft, subscribe } from './draft.ts';
import { drpcSpout } from './drpc-spout.ts';
import { field, type Streams } from './fields.ts';
import type { ComponentOptions, NativeTopology } from './native-topology.ts';
import { requestIdOf } from './return-info.ts';
import { answeringBolt, resultText } from './return-results.ts';
import { TopologyBuilder } from './topology-builder.ts';
import type { Tuple } from './tuple.ts';

/** One bolt of a line; what it subscribes to is the bolt before it. */
interface Stage {
  readonly bolt: Bolt<unknown, Streams> | BatchBolt<unknown, Streams>;
  readonly options: ComponentOptions;
  readonly inputs: { readonly stream: string; readonly grouping: NativeGrouping }[];
}

export interface LinearLine {
  readonly functionName: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly stages: readonly Stage[];
}

/** Component ids, as Storm's builder has them. */
const spoutId = 'spout';
const prepareId = 'prepare-request';
const boltId = (index: number) => `bolt${index}`;

/** Names each request once, so that one that has no tuples is finished too. */
const namesStream = 'requests';

const prepareRequest = basicBolt({
  streams: {
    default: { request: field<string>(), args: field<string>() },
    [namesStream]: { request: field<string>() },
  },
  execute: ({ list: [args, info] }: Tuple<unknown>, collector) => {
    const request = requestIdOf(info);
    collector.emit({ request }, { stream: namesStream });
    collector.emit({ request, args: String(args) });
  },
});

/** @throws InvalidTopologyError */
export function linearTopology(name: string, line: LinearLine): NativeTopology {
  const draft = newDraft(name, line.config);
  addComponent(draft, spoutId, drpcSpout(line.functionName), {});
  addComponent(draft, prepareId, prepareRequest, {});
  subscribe(draft, prepareId, { source: spoutId, stream: 'default', grouping: { kind: 'none' } });
  for (const [index, stage] of line.stages.entries()) addStage(draft, line, index, stage);
  addReturn(draft, line);
  return new TopologyBuilder(draft).build();
}

function addStage(draft: Draft, { stages }: LinearLine, index: number, stage: Stage): void {
  const id = boltId(index);
  if (coordinationStream in stage.bolt.definition.streams) {
    throw new InvalidTopologyError(`${id} has a stream ${coordinationStream}, which is ours`);
  }
  const isLast = index === stages.length - 1;
  const isNamed = isLast && index > 0 && stage.bolt.kind === 'batch-bolt';
  const previous = index === 0 ? prepareId : boltId(index - 1);
  const coordination = {
    previous:
      index === 0 ? null : ({ id: previous, reporters: index === 1 ? 'one' : 'all' } as const),
    next: isLast ? null : boltId(index + 1),
    namedBy: isNamed ? prepareId : null,
  };
  addComponent(draft, id, coordinated(stage.bolt, coordination), stage.options);
  for (const input of inputsOf(id, index, stage))
    subscribe(draft, id, { source: previous, ...input });
  if (index > 0) {
    const grouping = { kind: 'direct' } as const;
    subscribe(draft, id, { source: previous, stream: coordinationStream, grouping });
  }
  if (isNamed) {
    const grouping = { kind: 'fields', fields: ['request'] } as const;
    subscribe(draft, id, { source: prepareId, stream: namesStream, grouping });
  }
}

function inputsOf(id: string, index: number, { inputs }: Stage): Stage['inputs'] {
  if (inputs.length > 0) return inputs;
  if (index === 0) return [{ stream: 'default', grouping: { kind: 'none' } }];
  throw new InvalidTopologyError(`${id} needs a grouping, which says how it gets its tuples`);
}

function addReturn(draft: Draft, { stages }: LinearLine): void {
  const last = stages.at(-1);
  if (last === undefined) throw new InvalidTopologyError('a DRPC function needs a bolt');
  const [stream, ...others] = Object.entries(last.bolt.definition.streams);
  if (stream === undefined || others.length > 0 || Object.keys(stream[1]).length !== 2) {
    throw new InvalidTopologyError(
      'the last bolt of a DRPC function has one stream of two fields: the id of the request and the result',
    );
  }
  const [id, source] = [boltId(stages.length), boltId(stages.length - 1)];
  const answering = answeringBolt(([request, result], drpc) =>
    drpc.result(String(request), resultText(result)),
  );
  addComponent(draft, id, answering, {});
  subscribe(draft, id, { source, stream: stream[0], grouping: { kind: 'none' } });
}
