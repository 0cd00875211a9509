import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readSetting, settings } from '../storm-api/config/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { type CallerAddresses, Drpc, withDrpcServers } from './drpc.ts';
import { withDrpc } from './drpc-connection.ts';
import { drpcTable } from './drpc-table.ts';
import type { Address } from './listening.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const anyPorts = StormConf.of({
  'drpc.port': 0,
  'drpc.invocations.port': 0,
  'drpc.http.port': 0,
});

describe('the configuration of topologies', () => {
  const ours: Address = { host: '127.0.0.1', port: 4711 };

  it('names our server, on the port that it really has', () => {
    const config = withDrpcServers(StormConf.of({ 'drpc.invocations.port': 0 }), ours);
    expect(config.get('drpc.servers')).toEqual(['127.0.0.1']);
    expect(config.get('drpc.invocations.port')).toBe(4711);
    const everywhere = withDrpcServers(StormConf.empty, { ...ours, host: '0.0.0.0' });
    expect(everywhere.get('drpc.servers')).toEqual(['127.0.0.1']);
  });

  it('keeps the servers that somebody has named', () => {
    const named = StormConf.of({ 'drpc.servers': ['a', 'b'] });
    expect(withDrpcServers(named, ours).get('drpc.servers')).toEqual(['a', 'b']);
  });
});

describe('a DRPC server', () => {
  let drpc: Drpc;
  let callers: CallerAddresses;

  beforeEach(async () => {
    const logger = pino({ enabled: false });
    drpc = new Drpc({
      config: anyPorts,
      logger,
      acceptsUnknown: true,
      accessList: null,
      workersOf: null,
    });
    await drpc.startInvocations();
    callers = await drpc.startCallers();
  });

  afterEach(() => drpc.stop());

  it('that stops tells every caller so before it hangs up', async () => {
    const { host, port } = callers.drpcHttp;
    const answer = fetch(`http://${host}:${port}/drpc/f/a`);
    const config = anyPorts.with({ 'drpc.port': callers.drpc.port });
    const ended = withDrpc(config, async (client) => {
      const result = client.execute('f', 'a');
      await fetch(`http://${host}:${port}/`); // what was sent before this has been seen after it
      const [refused] = await Promise.all([
        result.catch((error: Error) => error.message),
        drpc.stop(),
      ]);
      throw new Error(String(refused));
    });
    await expect(ended).rejects.toThrow('the DRPC server shuts down');
    expect((await answer).status).toBe(503);
  });

  it('that does not answer is told with what can be done', async () => {
    const { port } = callers.drpc;
    await drpc.stop();
    const config = StormConf.of({ 'drpc.port': port });
    expect(readSetting(config, settings.drpcServers)).toEqual([]);
    await expect(withDrpc(config, async () => {})).rejects.toThrow(
      `no DRPC server answers at 127.0.0.1:${port}`,
    );
  });
});

describe('the table of functions', () => {
  it('shows every function on one line, whatever its callers named it', () => {
    const counts = { waiting: 1, inFlight: 2, served: 3, failed: 4, timedOut: 5, cancelled: 6 };
    const latencyMs = { results: 3, p50: 1.25, p95: 2, p99: 3, max: 4 };
    const text = drpcTable([
      { function: 'reach', topologies: ['a', 'b'], ...counts, latencyMs },
      { function: 'x\ny', topologies: [], ...counts, latencyMs: null },
    ]);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^Function +Waiting +In_flight +Served +Failed +Timed_out/),
      expect.stringMatching(/^reach +1 +2 +3 +4 +5 +6 +1\.3 +2\.0 +3\.0 +4\.0 +a,b$/),
      expect.stringMatching(/^x\\ny +1 +2 +3 +4 +5 +6 +- +- +- +- +-$/),
      '',
    ]);
  });

  it('says so when there are none', () => {
    expect(drpcTable([])).toBe('No functions served or called.\n');
  });
});
