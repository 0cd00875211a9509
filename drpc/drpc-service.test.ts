import { beforeEach, describe, expect, it } from 'vitest';
import {
  componentId,
  type Generation,
  type ObservedTopology,
  StormConf,
  stormId,
  type TopologyStatus,
} from '../storm-api/index.ts';
import { DrpcService } from './drpc-service.ts';
import { ManualClock } from './manual-clock.fixture.ts';

const reach = stormId('reach-1-1');
const plainSpout = 'backtype.storm.drpc.DRPCSpout';
const limits = { requestsMax: 100, functionRequestsMax: 100, waitingLengthMax: 10_000 };

let clock: ManualClock;
let service: DrpcService;

beforeEach(() => {
  clock = new ManualClock();
  service = make(false);
});

function make(acceptsUnknown: boolean): DrpcService {
  let count = 0;
  const newId = () => `id-${++count}`;
  return new DrpcService({ clock, newId, timeoutMs: 600_000, limits, acceptsUnknown });
}

function topology(
  status: TopologyStatus,
  changes: {
    functions?: readonly string[];
    className?: string;
    servers?: unknown;
    generation?: Generation;
  } = {},
): ObservedTopology {
  const { functions = ['reach'], className = plainSpout, servers = ['127.0.0.1'] } = changes;
  const { generation = 'storm-0.9' } = changes;
  return {
    id: reach,
    name: 'reach-topology',
    ...{ status, generation },
    config: StormConf.of({ 'drpc.servers': servers, 'drpc.max_buffer_size': 1000 }),
    drpcSpouts: [{ component: componentId('spout'), className, functions }],
  };
}

/** A connection that lasts. */
function connection(): AbortSignal {
  return new AbortController().signal;
}

function call(args: string, name = 'reach'): Promise<string> {
  return service.execute(name, args, connection()).catch((error: Error) => `! ${error.message}`);
}

describe('a caller', () => {
  it('gets the result of his own request', async () => {
    service.onTopology(topology('ACTIVE'));
    const results = Promise.all(['a', 'b', 'c'].map((args) => call(args)));
    const worker = connection();
    const fetched = [];
    for (let i = 0; i < 3; i++) fetched.push(await service.fetch('reach', worker));
    for (const request of fetched.reverse()) {
      service.result(request?.id ?? '', `${request?.args}!`);
    }
    expect(await results).toEqual(['a!', 'b!', 'c!']);
  });

  it("hears Storm's words, or the topology's own, of a failure", async () => {
    service.onTopology(topology('ACTIVE'));
    const results = Promise.all([call('a'), call('b')]);
    service.fail((await service.fetch('reach', connection()))?.id ?? '');
    service.fail((await service.fetch('reach', connection()))?.id ?? '', 'no such page');
    expect(await results).toEqual(['! Request failed', '! no such page']);
  });

  it('is refused at once, with the functions there are, when nobody serves his', async () => {
    expect(await call('a', 'nope')).toBe(
      '! no topology serves the function "nope"; none is served at all',
    );
    service.onTopology(topology('ACTIVE', { functions: ['reach', 'count'] }));
    expect(await call('a', 'nope')).toBe(
      '! no topology serves the function "nope"; those served are "count", "reach"',
    );
    expect(await call('a', 'x'.repeat(100_000))).toHaveLength(
      '! no topology serves the function ""; those served are "count", "reach"'.length + 100,
    );
  });

  it('may wait for a function to come when that is wanted', async () => {
    service = make(true);
    const result = call('a', 'later');
    const request = await service.fetch('later', connection());
    service.result(request?.id ?? '', 'A');
    expect(await result).toBe('A');
  });

  it('who hangs up is not worked for', async () => {
    service.onTopology(topology('ACTIVE'));
    const caller = new AbortController();
    const left = service.execute('reach', 'a', caller.signal).catch(() => 'left');
    const stays = call('b');
    caller.abort();
    expect(await left).toBe('left');
    const request = await service.fetch('reach', connection());
    expect(request?.args).toBe('b');
    service.result(request?.id ?? '', 'B');
    expect(await stays).toBe('B');
  });
});

it.each([
  ['the spout of a topology of 0.10 could not read', plainSpout, 'storm-0.10', 801],
  ['not those that it can', plainSpout, 'storm-0.10', 800],
  ['not those that a spout of 0.9 reads', plainSpout, 'storm-0.9', 801],
  ['not those that a spout in TypeScript reads', 'gearstorm.drpcSpout', 'storm-0.10', 801],
] as const)(
  'a caller is refused arguments that are too long: %s',
  async (_, className, generation, bytes) => {
    service.onTopology(topology('ACTIVE', { className, generation }));
    const heard = call('é'.repeat(bytes / 2) + 'x'.repeat(bytes % 2));
    const refusal =
      '! the arguments are 801 bytes long; the spout of "reach" reads 800 at most (drpc.max_buffer_size of its topology)';
    if (bytes > 800 && generation === 'storm-0.10' && className === plainSpout) {
      expect(await heard).toBe(refusal);
      return;
    }
    const request = await service.fetch('reach', connection());
    service.result(request?.id ?? '', 'answer');
    expect(await heard).toBe('answer');
  },
);

describe('when a topology', () => {
  it.each([
    ['INACTIVE', 'is not active'],
    ['KILLED', 'was killed'],
  ] as const)('becomes %s, who waits for it hears so at once', async (status, words) => {
    service.onTopology(topology('ACTIVE'));
    const waiting = call('a');
    service.onTopology(topology(status));
    const sentence = `! the topology reach-topology, which serves the function "reach", ${words}`;
    expect(await waiting).toBe(sentence);
    expect(await call('b')).toBe(sentence);
  });

  it('is killed, what it has taken may still be answered', async () => {
    service.onTopology(topology('ACTIVE'));
    const result = call('a');
    const request = await service.fetch('reach', connection());
    service.onTopology(topology('KILLED'));
    service.result(request?.id ?? '', 'A');
    expect(await result).toBe('A');
  });

  it('is rebalanced, requests wait for its new workers', async () => {
    service.onTopology(topology('ACTIVE'));
    service.onTopology(topology('REBALANCING'));
    const result = call('a');
    service.onTopology(topology('ACTIVE'));
    const request = await service.fetch('reach', connection());
    service.result(request?.id ?? '', 'A');
    expect(await result).toBe('A');
  });

  it('is gone, its functions are unknown', async () => {
    service.onTopology(topology('ACTIVE'));
    const waiting = call('a');
    service.onRemoved(reach);
    const sentence = '! no topology serves the function "reach"; none is served at all';
    expect(await waiting).toBe(sentence);
    expect(await call('b')).toBe(sentence);
  });
});

describe('when a worker ends that', () => {
  it('may have held it, a request fails with the reason', async () => {
    service.onTopology(topology('ACTIVE'));
    const result = call('a');
    await service.fetch('reach', connection());
    service.onWorkerEnded(reach, 'killed by SIGKILL', ['reach']);
    clock.advance(1_000);
    expect(await result).toBe('! the request may be lost: killed by SIGKILL');
  });

  it('fetched a request, its end is the reason that the caller hears', async () => {
    service.onTopology(topology('ACTIVE'));
    const result = call('a');
    const dying = new AbortController();
    await service.fetch('reach', dying.signal, reach);
    dying.abort();
    service.onWorkerEnded(reach, 'killed by SIGKILL', []);
    service.onRemoved(reach);
    clock.advance(1_000);
    expect(await result).toBe('! the request may be lost: killed by SIGKILL');
  });

  it('never gets tuples of a request, that is answered', async () => {
    service.onTopology(topology('ACTIVE'));
    const result = call('a');
    const request = await service.fetch('reach', connection(), reach);
    service.onWorkerEnded(reach, 'killed by SIGKILL', []);
    clock.advance(10_000);
    service.result(request?.id ?? '', 'A');
    expect(await result).toBe('A');
  });

  it('served the same function as another topology, the requests of that are answered', async () => {
    service.onTopology(topology('ACTIVE'));
    const other = stormId('other-2-1');
    service.onTopology({ ...topology('ACTIVE'), id: other });
    const results = [call('a'), call('b')];
    await service.take(reach, 'reach', connection());
    const request = await service.take(other, 'reach', connection());
    service.onWorkerEnded(reach, 'killed by SIGKILL', ['reach']);
    clock.advance(10_000);
    service.result(request?.id ?? '', 'B');
    expect(await Promise.all(results)).toEqual([
      '! the request may be lost: killed by SIGKILL',
      'B',
    ]);
  });
});

describe('a fetch that finds nothing', () => {
  it('waits for a request, and has it as soon as it comes', async () => {
    service.onTopology(topology('ACTIVE'));
    const fetch = service.fetch('reach', connection());
    void call('a');
    expect((await fetch)?.args).toBe('a');
    expect(clock.pending).toBe(1);
  });

  it('waits for a second at most', async () => {
    service.onTopology(topology('ACTIVE'));
    const fetch = service.fetch('reach', connection());
    clock.advance(1_000);
    expect(await fetch).toBeNull();
  });

  it('hardly waits while a request is under way, whose failure would wait behind it', async () => {
    service.onTopology(topology('ACTIVE'));
    void call('a');
    await service.fetch('reach', connection());
    const fetch = service.fetch('reach', connection());
    clock.advance(5);
    expect(await fetch).toBeNull();
  });

  it.each([
    ['of several functions in one spout', { functions: ['reach', 'count'] }],
    ['of a spout that we do not know', { className: 'com.acme.MySpout' }],
    ['of a spout that asks several servers', { servers: ['a', 'b'] }],
  ])('does not wait when it is %s', async (_, changes) => {
    service.onTopology(topology('ACTIVE', changes));
    expect(await service.fetch('reach', connection())).toBeNull();
  });

  it('does not wait for functions that nobody serves, whose names take no memory', async () => {
    for (let i = 0; i < 1000; i++) {
      expect(await service.fetch(`name-${i}`, connection())).toBeNull();
    }
    expect(clock.pending).toBe(0);
  });

  it('does not keep the spout of a topology that shall stop', async () => {
    service.onTopology(topology('ACTIVE'));
    const fetch = service.fetch('reach', connection());
    service.onTopology(topology('INACTIVE'));
    expect(await fetch).toBeNull();
  });

  it('takes no request along when its worker dies meanwhile', async () => {
    service.onTopology(topology('ACTIVE'));
    const dead = new AbortController();
    const fetch = service.fetch('reach', dead.signal);
    dead.abort();
    expect(await fetch).toBeNull();
    void call('a');
    expect((await service.fetch('reach', connection()))?.args).toBe('a');
  });
});

it('what a worker has taken fails soon after its connection ended', async () => {
  service.onTopology(topology('ACTIVE'));
  const results = Promise.all([call('a'), call('b')]);
  const dying = new AbortController();
  await service.fetch('reach', dying.signal);
  const other = await service.fetch('reach', connection());
  dying.abort();
  clock.advance(1_000);
  service.result(other?.id ?? '', 'B');
  expect(await results).toEqual(['! the worker that had taken the request is gone', 'B']);
});

it('two fetches that wait are served in their order', async () => {
  service.onTopology(topology('ACTIVE'));
  const fetches = [service.fetch('reach', connection()), service.fetch('reach', connection())];
  void call('a');
  void call('b');
  const fetched = await Promise.all(fetches);
  expect(fetched.map((request) => request?.args)).toEqual(['a', 'b']);
});

describe('the summary', () => {
  it('counts how requests ended, also of a function that only a killed topology served', async () => {
    service.onTopology(topology('ACTIVE'));
    const results = Promise.all([call('a'), call('b')]);
    const worker = connection();
    service.result((await service.fetch('reach', worker))?.id ?? '', 'A');
    clock.advance(7);
    service.fail((await service.fetch('reach', worker))?.id ?? '');
    await results;
    const waiting = call('c');
    expect(service.summarize()).toMatchObject([
      {
        function: 'reach',
        topologies: ['reach-topology'],
        waiting: 1,
        inFlight: 0,
        served: 1,
        failed: 1,
      },
    ]);
    service.onTopology(topology('KILLED'));
    await waiting;
    service.onRemoved(reach);
    expect(service.summarize()).toMatchObject([
      { topologies: [], waiting: 0, served: 1, failed: 2 },
    ]);
  });

  it('has the functions that nobody called yet, and none of those that nobody serves', async () => {
    service.onTopology(topology('ACTIVE', { functions: ['f', 'g'] }));
    await call('a', 'unknown');
    expect(service.summarize().map((each) => each.function)).toEqual(['f', 'g']);
    expect(service.summarize()[0]?.latencyMs).toBeNull();
  });
});

describe('a worker that takes requests over its own connection', () => {
  it('waits for as long as none comes, and has the next one at once', async () => {
    service.onTopology(topology('ACTIVE'));
    const taken = service.take(reach, 'reach', connection());
    clock.advance(599_000);
    void call('a');
    expect((await taken)?.args).toBe('a');
  });

  it('gets none while its topology is not active', async () => {
    service.onTopology(topology('ACTIVE'));
    const taken = service.take(reach, 'reach', connection());
    service.onTopology(topology('REBALANCING'));
    const result = call('a');
    expect(service.summarize()).toMatchObject([{ waiting: 1, inFlight: 0 }]);
    service.onTopology(topology('ACTIVE'));
    service.result((await taken)?.id ?? '', 'A');
    expect(await result).toBe('A');
  });

  it('takes no request along when it is gone', async () => {
    service.onTopology(topology('ACTIVE'));
    const dead = new AbortController();
    const taken = service.take(reach, 'reach', dead.signal);
    dead.abort();
    expect(await taken).toBeNull();
    void call('a');
    expect((await service.take(reach, 'reach', connection()))?.args).toBe('a');
  });
});
