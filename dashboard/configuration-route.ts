import type { FastifyInstance } from 'fastify';
import { redact } from '../storm-api/config/index.ts';
import type { Generation, StormConf, TopologyService } from '../storm-api/index.ts';
import { configurationAnswer } from './answer-schemas.ts';
import type { ConfigurationAnswer } from './live/configuration-answer.ts';
import { findTopology } from './topology-lookup.ts';

/** A topology's configuration beside the defaults of its generation of Storm, secrets replaced. */
export function addConfigurationRoute(
  server: FastifyInstance,
  service: TopologyService,
  defaultsOf: (generation: Generation) => StormConf,
): void {
  server.get<{ Params: { topology: string } }>(
    '/api/gearstorm/topology/:topology/configuration',
    configurationAnswer,
    ({ params }) => {
      const { config, topology } = service.describe(findTopology(service, params.topology).id);
      return compared(redact(config), redact(defaultsOf(topology.generation)));
    },
  );
}

function compared(config: StormConf, defaults: StormConf): ConfigurationAnswer {
  const lines = [...config.keys()].sort().map((key) => {
    const value = config.text(key) ?? 'null';
    const fallback = defaults.text(key) ?? null;
    return { key, value, fallback, isChanged: value !== (fallback ?? 'null') };
  });
  return { lines };
}
