import type { FastifyInstance } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import {
  type ComponentStatistics,
  type InputCount,
  statisticsWindows,
  sumOfTotals,
  type TopologyService,
  type TopologyStatistics,
  totalsOf,
} from '../../storm-api/index.ts';
import { componentCountsAnswer, topologyCountsAnswer } from '../answer-schemas.ts';
import { inputStreams, outputStreams } from '../stream-counts.ts';
import { findLinked, findTopology } from '../topology-lookup.ts';
import type { ComponentCounts, CountsWindow, TopologyCounts } from './counts-answers.ts';
import { isUsers, spoutsFirst } from './topology-message.ts';

const executorsMax = 200;

interface CountsParameters {
  readonly Params: { readonly topology: string; readonly component: string };
  readonly Querystring: { readonly window?: CountsWindow };
}

const schema = {
  querystring: {
    type: 'object',
    properties: { window: { type: 'string', enum: statisticsWindows } },
  },
};

/** What was counted in Storm's windows: of all components, and of one by stream and executor. */
export function addCountsRoutes(server: FastifyInstance, service: TopologyService): void {
  const at = '/api/gearstorm/topology/:topology';
  const statisticsOf = (topology: string) => service.statistics(findTopology(service, topology).id);
  server.get<CountsParameters>(
    `${at}/counts`,
    { schema, ...topologyCountsAnswer },
    ({ params, query }) =>
      topologyCounts(statisticsOf(params.topology), query.window ?? ':all-time'),
  );
  server.get<CountsParameters>(
    `${at}/component/:component/counts`,
    { schema, ...componentCountsAnswer },
    ({ params, query }) => {
      const statistics = statisticsOf(params.topology);
      const component = findLinked(params.component, (wanted) =>
        statistics.components.find(({ id }) => id === wanted),
      );
      if (component !== undefined) {
        return componentCounts(statistics, component, query.window ?? ':all-time');
      }
      const { name } = statistics;
      throw new RequestError(404, `${name} has no component "${params.component}"`);
    },
  );
}

function topologyCounts({ components }: TopologyStatistics, window: CountsWindow): TopologyCounts {
  const users = spoutsFirst(components.filter(isUsers));
  const spouts = users.filter((each) => kindOf(each) === 'spout');
  const together = (of: readonly ComponentStatistics[], each: CountsWindow) =>
    sumOfTotals(of.map(({ windows }) => totalsOf(windows, each, false)));
  return {
    windows: statisticsWindows.map((each) => {
      const { acked, failed, ackMs } = together(spouts, each);
      return { window: each, ...together(users, each), acked, failed, ackMs };
    }),
    components: users.map((each) => ({
      ...{ id: each.id, kind: kindOf(each) },
      ...totalsOf(each.windows, window, false),
    })),
  };
}

function componentCounts(
  { executorList }: TopologyStatistics,
  component: ComponentStatistics,
  window: CountsWindow,
): ComponentCounts {
  const kind = kindOf(component);
  const counts = component.windows.get(window);
  const isUsersStream = (stream: string) => !stream.startsWith('__');
  return {
    kind,
    windows: statisticsWindows.map((each) => ({
      window: each,
      ...totalsOf(component.windows, each, false),
    })),
    inputs:
      counts === undefined || kind === 'spout'
        ? []
        : inputStreams(counts).map(({ source, stream, executed, acked, failed }) => ({
            ...{ source, stream },
            ...{ executed: countOf(executed), acked: countOf(acked), failed: countOf(failed) },
            ...{ executeMs: executed?.meanMs ?? null, processMs: acked?.meanMs ?? null },
          })),
    outputs:
      counts === undefined
        ? []
        : outputStreams(counts, kind, isUsersStream).map(({ acked, failed, ...sent }) => ({
            ...sent,
            ...{ acked: countOf(acked), failed: countOf(failed) },
            completeMs: acked?.meanMs ?? null,
          })),
    executors: executorList
      .filter((each) => each.component === component.id)
      .slice(0, executorsMax)
      .map(({ firstTask, lastTask, port, windows }) => ({
        ...{ firstTask, lastTask, port },
        ...totalsOf(windows, window, false),
      })),
  };
}

function kindOf({ kind }: ComponentStatistics): 'spout' | 'bolt' {
  return kind === 'spout' ? 'spout' : 'bolt';
}

function countOf(input: InputCount | null): number {
  return input?.count ?? 0;
}
