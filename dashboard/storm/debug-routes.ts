import type { FastifyInstance } from 'fastify';
import { debugOptions, type TopologyService } from '../../storm-api/index.ts';
import { findTopology } from '../topology-lookup.ts';
import { actionAnswer } from './answers.ts';
import { debugParameters, plainQuery } from './schemas.ts';

interface Debug {
  readonly Params: {
    readonly topology: string;
    readonly component?: string;
    readonly action: string;
    readonly percent: string;
  };
}

/** Storm's event logging, as it has it from 1.0 on: of a topology or of one component. */
export function addDebugRoutes(server: FastifyInstance, service: TopologyService): void {
  const path = '/api/v1/topology/:topology';
  const schema = { ...plainQuery, ...debugParameters, ...actionAnswer };
  for (const of of ['', '/component/:component']) {
    server.post<Debug>(`${path}${of}/debug/:action/:percent`, { schema }, async ({ params }) => {
      const { topology, component = '', action, percent } = params;
      const { id } = findTopology(service, topology);
      const options = debugOptions(component, action === 'enable', Number(percent));
      await service.changeDebugging(id, options);
      const what = component === '' ? '' : `/component/${component}/`;
      return { topologyOperation: `${what}debug/${action}`, topologyId: id, status: 'success' };
    });
  }
}
