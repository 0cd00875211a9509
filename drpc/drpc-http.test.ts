import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { componentId, StormConf, stormId } from '../storm-api/index.ts';
import { DrpcAccess } from './access.ts';
import { AccessList } from './access-list.ts';
import { systemClock } from './clock.ts';
import { DrpcHttp } from './drpc-http.ts';
import { DrpcService } from './drpc-service.ts';

const limits = { requestsMax: 10, functionRequestsMax: 5, waitingLengthMax: 1 << 20 };
const bodyBytesMax = 1 << 20;

let service: DrpcService;
let http: DrpcHttp;
let port: number;

beforeEach(async () => {
  let count = 0;
  const newId = () => `id-${++count}`;
  service = new DrpcService({
    ...{ clock: systemClock, newId, timeoutMs: 600_000, limits, acceptsUnknown: false },
  });
  service.onTopology({
    ...{ id: stormId('t-1-1'), name: 't', status: 'ACTIVE', config: StormConf.empty },
    generation: 'storm-0.9',
    drpcSpouts: [{ component: componentId('s'), className: 'S', functions: ['f'] }],
  });
  const list = AccessList.of({ closed: {} }, false);
  const access = new DrpcAccess({ list, workersOf: null });
  const log = { error: () => undefined };
  http = new DrpcHttp({ service, access, connectionsMax: 100, bodyBytesMax, log });
  ({ port } = await http.start({ host: '127.0.0.1', port: 0 }));
});

afterEach(() => http.stop());

interface Question {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Status and body of the answer. */
function ask({ path, method = 'GET', headers = {}, body }: Question): Promise<[number, string]> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers };
    const asked = request(options, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => {
        text += piece;
      });
      answer.on('end', () => resolve([answer.statusCode ?? 0, text]));
    });
    asked.on('error', reject).end(body);
  });
}

/** Answers the next requests as a topology would. */
async function serve(count: number, answer: (args: string) => string | null): Promise<void> {
  const connection = new AbortController().signal;
  for (let served = 0; served < count; ) {
    const fetched = await service.fetch('f', connection);
    if (fetched === null) await new Promise((resolve) => setImmediate(resolve));
    else {
      served += 1;
      const result = answer(fetched.args);
      if (result === null) service.fail(fetched.id);
      else service.result(fetched.id, result);
    }
  }
}

it('takes arguments from the path, the body, or not at all', async () => {
  const answers = Promise.all([
    ask({ path: '/drpc/f/a%2Fb%20c,%F0%9F%98%80' }),
    ask({ path: '/drpc/f' }),
    ask({ path: '/drpc/f/' }),
    ask({ path: '/drpc/f', method: 'POST', body: '{"a": "é"}' }),
    ask({ path: '/drpc/f/', method: 'POST', headers: { 'content-type': 'text/x' }, body: 'b' }),
  ]);
  await serve(5, (args) => `<${args}>`);
  expect(await answers).toEqual([
    [200, '<a/b c,😀>'],
    [200, '<>'],
    [200, '<>'],
    [200, '<{"a": "é"}>'],
    [200, '<b>'],
  ]);
});

it('takes arguments as long as a path may be', async () => {
  const args = 'x'.repeat(8000);
  const answer = ask({ path: `/drpc/f/${args}` });
  await serve(1, (text) => text);
  expect(await answer).toEqual([200, args]);
});

describe('a status says why there is no result:', () => {
  it('the topology failed the request', async () => {
    const answer = ask({ path: '/drpc/f/a' });
    await serve(1, () => null);
    expect(await answer).toEqual([500, 'Request failed']);
  });

  it('nobody serves the function, or nothing is there', async () => {
    const [status, text] = await ask({ path: '/drpc/nope/a' });
    expect(status).toBe(404);
    expect(text).toBe('no topology serves the function "nope"; those served are "f"');
    expect((await ask({ path: '/' }))[0]).toBe(404);
    expect((await ask({ path: '/drpc/f/a/b' }))[0]).toBe(404);
  });

  it('too many wait, the server ends, or the body is too long', async () => {
    const open = Array.from({ length: 6 }, () => ask({ path: '/drpc/f/a' }));
    expect((await Promise.race(open))[0]).toBe(503);
    service.close();
    expect((await Promise.all(open)).map(([status]) => status)).toEqual(Array(6).fill(503));
    const body = 'x'.repeat(bodyBytesMax + 1);
    expect((await ask({ path: '/drpc/f', method: 'POST', body }))[0]).toBe(413);
  });
});

describe('a page of another site', () => {
  it.each([
    [{ host: 'evil.example' }],
    [{ origin: 'http://evil.example' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('that sends %j calls no function', async (headers) => {
    expect((await ask({ path: '/drpc/f/a', headers }))[0]).toBe(403);
    expect(await service.fetch('f', new AbortController().signal)).toBeNull();
  });

  it('does not call one by asking for a head only', async () => {
    expect((await ask({ path: '/drpc/f/a', method: 'HEAD' }))[0]).toBe(404);
  });
});

it('does not hand out the request of a client that hung up', async () => {
  const options = { host: '127.0.0.1', port, path: '/drpc/f/left' };
  const asked = request(options).on('error', () => undefined);
  asked.end();
  await new Promise((resolve) => asked.on('finish', resolve));
  const stays = ask({ path: '/drpc/f/stays' });
  const closed = new Promise((resolve) => asked.on('close', resolve));
  asked.destroy();
  await closed;
  await ask({ path: '/' }); // what was sent after the end is answered after the end was seen
  const seen: string[] = [];
  await serve(1, (args) => {
    seen.push(args);
    return args;
  });
  expect(await stays).toEqual([200, 'stays']);
});

it('refuses a caller whom the list of functions does not name', async () => {
  const [status, text] = await ask({ path: '/drpc/closed/a' });
  expect(status).toBe(403);
  expect(text).toMatch(/user \S+ may not call the function "closed"/);
});
