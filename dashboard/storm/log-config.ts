import type { FastifyInstance } from 'fastify';
import {
  type LoggerChange,
  type LoggerLevel,
  loggerChange,
  type TopologyService,
} from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { logConfigAnswer } from './answers.ts';
import { logConfigBody, plainQuery, topologyParameters } from './schemas.ts';

interface Asked {
  readonly Params: { readonly topology: string };
}

interface Change extends Asked {
  readonly Body: {
    readonly namedLoggerLevels: Readonly<
      Record<string, { readonly target_level?: string | null; readonly timeout?: number }>
    >;
  };
}

/** Log levels at run time, as Storm has them from 1.0 on. */
export function addLogConfigRoutes(server: FastifyInstance, service: TopologyService): void {
  const path = '/api/v1/topology/:topology/logconfig';
  const schema = { ...plainQuery, ...topologyParameters, ...logConfigAnswer };
  server.get<Asked>(path, { schema }, ({ params }) => {
    const { id } = findTopology(service, params.topology);
    return logConfig(service.logLevels(id));
  });
  server.post<Change>(
    path,
    { schema: { ...schema, ...logConfigBody } },
    async ({ params, body }) => {
      const { id } = findTopology(service, params.topology);
      await service.changeLogLevels(id, changesOf(body));
      return logConfig(service.logLevels(id));
    },
  );
}

/** @throws InvalidLogLevelError */
function changesOf({ namedLoggerLevels }: Change['Body']): readonly LoggerChange[] {
  return Object.entries(namedLoggerLevels).map(([logger, { target_level: level, timeout }]) =>
    loggerChange(logger, level ?? null, timeout ?? 0),
  );
}

/** `timeout_epoch` is in milliseconds, and 0 where there is none. */
function logConfig(levels: readonly LoggerLevel[]): object {
  const rows = levels.map(({ logger, level, timeoutSecs, untilMs }) => [
    logger,
    {
      target_level: level,
      reset_level: null,
      timeout: timeoutSecs,
      timeout_epoch: untilMs ?? 0,
    },
  ]);
  return { namedLoggerLevels: Object.fromEntries(rows) };
}
