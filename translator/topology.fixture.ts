import {
  type ComponentSpec,
  componentId,
  type Generation,
  type InputSpec,
  StormConf,
  type StreamGrouping,
  stormId,
  streamId,
  type Topology,
} from '../storm-api/index.ts';
import { translate } from './translate.ts';
import type { Translation } from './translation.ts';

interface ComponentDraft {
  readonly hint?: number | null;
  readonly config?: string;
  readonly streams?: Readonly<Record<string, readonly string[]>>;
  /** `source` or `source/stream` to its grouping. */
  readonly inputs?: Readonly<Record<string, StreamGrouping>>;
}

export function spout(id: string, draft: ComponentDraft = {}): ComponentSpec {
  return component('spout', id, draft);
}

export function bolt(id: string, draft: ComponentDraft = {}): ComponentSpec {
  return component('bolt', id, draft);
}

export function topologyOf(
  components: readonly ComponentSpec[],
  config = '{}',
  generation: Generation = 'storm-0.9',
): Topology {
  return { name: 'sample', generation, config: StormConf.fromJson(config), components };
}

export function translateSample(
  topology: Topology,
  cluster = '{"topology.workers":1,"topology.message.timeout.secs":30}',
  slots: readonly number[] = [6700, 6701, 6702, 6703],
): Translation {
  return translate({
    topology,
    stormId: stormId('sample-1-1'),
    config: StormConf.fromJson(cluster),
    slots,
  });
}

function component(
  kind: 'spout' | 'bolt',
  id: string,
  { hint = null, config = '{}', streams = { default: ['word'] }, inputs = {} }: ComponentDraft,
): ComponentSpec {
  return {
    kind,
    id: componentId(id),
    implementation: { kind: 'serialized-java', bytes: new Uint8Array() },
    parallelismHint: hint,
    config: StormConf.fromJson(config),
    streams: new Map(
      Object.entries(streams).map(([name, fields]) => [streamId(name), { fields, direct: false }]),
    ),
    inputs: Object.entries(inputs).map(([from, grouping]) => input(from, grouping)),
  };
}

function input(from: string, grouping: StreamGrouping): InputSpec {
  const [source = '', stream = 'default'] = from.split('/');
  return { source: componentId(source), stream: streamId(stream), grouping };
}
