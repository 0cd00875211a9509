import { expect, it } from 'vitest';
import type { RunListener, Sizes } from '../../dashboard/index.ts';
import {
  type ComponentSpec,
  componentId,
  StormConf,
  type StormId,
  type SubmitRequest,
  stormId,
  streamId,
  type TopologyService,
} from '../../storm-api/index.ts';
import { keepBack, passOn } from './run-service.ts';

class Notes implements RunListener {
  readonly previews: [string, Sizes][] = [];
  readonly started: string[] = [];
  onOutput(): void {}
  onEnd(): void {}
  onPreview({ topology }: SubmitRequest, sizes: Sizes): void {
    this.previews.push([topology.name, sizes]);
  }
  onStarted(_: StormId, name: string): void {
    this.started.push(name);
  }
}

const spout: ComponentSpec = {
  kind: 'spout',
  id: componentId('words'),
  implementation: { kind: 'native' },
  parallelismHint: 3,
  config: StormConf.empty,
  streams: new Map([[streamId('default'), { fields: ['word'], direct: false }]]),
  inputs: [],
};

function request(name: string): SubmitRequest {
  const config = StormConf.of({ 'topology.workers': 2, 'topology.acker.executors': 0 });
  const topology = { name, generation: 'storm-0.10' as const, config, components: [spout] };
  return { topology, jarFile: null, initialStatus: 'ACTIVE', credentials: null };
}

/** A cluster with one topology, that notes what is asked of it. */
function cluster(submitted: string[]): TopologyService {
  const service: Partial<TopologyService> = {
    cluster: () => ({
      ...{ host: 'here', nimbusUptimeSecs: 1, supervisorId: 'one', slotsTotal: 4, slotsUsed: 1 },
      capacity: { memoryMb: 0, cpuPercent: 0 },
      topologies: [{ name: 'taken' } as never],
      damaged: [{ name: 'damaged' } as never],
    }),
    submit: async ({ topology }) => {
      submitted.push(topology.name);
      return stormId(`${topology.name}-1-1`);
    },
  };
  return service as TopologyService;
}

it('keeps back what is submitted in a preview, tells what it would take, and changes nothing', async () => {
  const submitted: string[] = [];
  const notes = new Notes();
  const preview = keepBack(cluster(submitted), () => StormConf.empty, notes);
  await preview.submit(request('new'));
  expect(notes.previews).toEqual([['new', { workers: 2, tasks: 3, executors: 3 }]]);
  await expect(preview.kill('taken', 0)).rejects.toThrow('this is a preview');
  await expect(preview.deactivate('taken')).rejects.toThrow('this is a preview');
  expect(submitted).toEqual([]);
});

it('refuses in a preview what Nimbus would refuse', async () => {
  const preview = keepBack(cluster([]), () => StormConf.empty, new Notes());
  await preview.submit(request('new'));
  for (const name of ['taken', 'damaged', 'new', 'a/b']) {
    await expect(preview.submit(request(name)), name).rejects.toThrow();
  }
});

it('passes on what is submitted at once, and tells the run', async () => {
  const submitted: string[] = [];
  const notes = new Notes();
  await passOn(cluster(submitted), notes).submit(request('new'));
  expect(submitted).toEqual(['new']);
  expect(notes.started).toEqual(['new']);
});
