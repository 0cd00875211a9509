import type { FastifyInstance } from 'fastify';
import { RequestError } from '../storm-api/http/index.ts';
import {
  componentId,
  type RebalanceRequest,
  StormConf,
  type TopologyService,
} from '../storm-api/index.ts';
import { doneAnswer, rebalancePreviewAnswer } from './answer-schemas.ts';
import { rebalancePreview } from './rebalance-preview.ts';
import { findDamaged, findTopology } from './topology-lookup.ts';

interface TopologyParameters {
  readonly Params: { readonly topology: string };
}

interface KillParameters extends TopologyParameters {
  readonly Body: { readonly waitSecs?: number | null };
}

interface RebalanceParameters extends TopologyParameters {
  readonly Body: {
    readonly waitSecs?: number | null;
    readonly workers?: number | null;
    readonly executors?: readonly { readonly component: string; readonly executors: number }[];
  };
}

const secsMax = 0x7fffffff;
const waitSecs = { type: ['integer', 'null'], minimum: 0, maximum: secsMax };
const nothing = { body: { type: 'object', additionalProperties: false } };
const kill = {
  body: { type: 'object', additionalProperties: false, properties: { waitSecs } },
};
const rebalance = {
  body: {
    type: 'object',
    additionalProperties: false,
    properties: {
      waitSecs,
      workers: { type: ['integer', 'null'], minimum: 1, maximum: 100_000 },
      executors: {
        type: 'array',
        maxItems: 10_000,
        items: {
          type: 'object',
          required: ['component', 'executors'],
          additionalProperties: false,
          properties: {
            component: { type: 'string' },
            executors: { type: 'integer', minimum: 1, maximum: secsMax },
          },
        },
      },
    },
  },
};

/** What is said where they are. */
export const actionsAreOff = 'actions are switched off (ui.actions.enabled)';

export interface ActionsOptions {
  readonly service: TopologyService;
  /** ui.actions.enabled. */
  readonly isEnabled: boolean;
}

/** What the page does with a topology. A body of JSON is asked for, which no form of another site can send. */
export function addActionsRoutes(
  server: FastifyInstance,
  { service, isEnabled }: ActionsOptions,
): void {
  const checkEnabled = () => {
    if (!isEnabled) throw new RequestError(403, actionsAreOff);
  };
  const nameOf = (nameOrId: string) => {
    checkEnabled();
    return findTopology(service, nameOrId).name;
  };
  const at = '/api/gearstorm/topology/:topology';
  server.post<TopologyParameters>(
    `${at}/activate`,
    { schema: nothing, ...doneAnswer },
    async ({ params }) => {
      await service.activate(nameOf(params.topology));
      return {};
    },
  );
  server.post<TopologyParameters>(
    `${at}/deactivate`,
    { schema: nothing, ...doneAnswer },
    async ({ params }) => {
      await service.deactivate(nameOf(params.topology));
      return {};
    },
  );
  server.post<KillParameters>(
    `${at}/kill`,
    { schema: kill, ...doneAnswer },
    async ({ params, body }) => {
      checkEnabled();
      const damaged = findDamaged(service, params.topology);
      await service.kill(damaged?.name ?? nameOf(params.topology), body.waitSecs ?? null);
      return {};
    },
  );
  server.post<RebalanceParameters>(
    `${at}/rebalance`,
    { schema: rebalance, ...doneAnswer },
    async ({ params, body }) => {
      await service.rebalance(nameOf(params.topology), rebalanceRequest(body));
      return {};
    },
  );
  server.post<RebalanceParameters>(
    `${at}/rebalance/preview`,
    { schema: rebalance, ...rebalancePreviewAnswer },
    ({ params, body }) =>
      rebalancePreview(service, findTopology(service, params.topology).id, rebalanceRequest(body)),
  );
}

function rebalanceRequest(body: RebalanceParameters['Body']): RebalanceRequest {
  const executors = body.executors ?? [];
  return {
    waitSecs: body.waitSecs ?? null,
    workers: body.workers ?? null,
    executors: new Map(
      executors.map(({ component, executors: count }) => [componentId(component), count]),
    ),
    overrides: StormConf.empty,
  };
}
