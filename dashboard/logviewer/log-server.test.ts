import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OneTopologyService } from '../topology-service.fixture.ts';
import { LogServer } from './log-server.ts';

const id = 'words-1-1700000000';
const lines = Array.from({ length: 40 }, (_, index) => `line ${index} <script>x</script>\n`);

let folder: string;
let server: LogServer;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-logs-'));
  const logs = join(folder, 'logs');
  for (const [topology, port] of [
    [id, '6700'],
    ['gone-1-1', '6700'],
  ] as const) {
    mkdirSync(join(logs, topology, port), { recursive: true });
    writeFileSync(join(logs, topology, port, 'worker.log'), lines.join(''));
  }
  writeFileSync(join(logs, id, '6700', 'worker.log.1'), 'older\n');
  writeFileSync(join(folder, 'secret'), 'hunter2');
  symlinkSync(join(folder, 'secret'), join(logs, id, '6700', 'worker.log.2'));
  const service = new OneTopologyService('words', join(logs, id, '6700', 'worker.log'));
  const log = { error: () => {} };
  const daemonFolder = join(folder, 'daemon-logs');
  mkdirSync(daemonFolder);
  writeFileSync(join(daemonFolder, 'nimbus.log'), 'serve <b>says</b>\n');
  symlinkSync(join(folder, 'secret'), join(daemonFolder, 'nimbus.log.1'));
  const address = { host: '127.0.0.1', port: 0 };
  server = new LogServer({ service, folder: logs, daemonFolder, ...address, log });
  const { host, port } = await server.start();
  url = `http://${host}:${port}`;
});

afterEach(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function get(path: string) {
  const answer = await fetch(url + path);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

it.each([
  ['Storm 0.9', 'worker-6700.log'],
  ['Storm 0.10', `${id}-worker-6700.log`],
  ['Storm 1 and 2', `${id}/6700/worker.log`],
  ['Storm 0.10, of a topology that is gone', 'gone-1-1-worker-6700.log'],
  ['Storm 1, an older part', `${id}/6700/worker.log.1`],
])('shows a log by the name that %s has for it', async (_, name) => {
  const { status, text } = await get(`/log?file=${encodeURIComponent(name)}`);
  expect(status).toBe(200);
  expect(text).toMatch(/<pre id="logContent">(line 0|older)/);
});

it.each(['/daemonlog', '/api/v1/daemonlog'])("shows serve's own log at %s", async (path) => {
  const { status, text } = await get(`${path}?file=nimbus.log`);
  expect(status).toBe(200);
  expect(text).toContain('serve &lt;b&gt;says');
  expect(text).toContain('href="/daemonlog?file=nimbus.log');
  const download = await get('/daemondownload/nimbus.log');
  expect(download.text).toBe('serve <b>says</b>\n');
});

it.each(['../secret', 'nimbus.log.1', '/etc/passwd', `../logs/${id}/6700/worker.log`, ''])(
  "shows nothing of '%s' as a log of serve",
  async (name) => {
    const file = encodeURIComponent(name);
    expect((await get(`/daemonlog?file=${file}`)).status).toBe(404);
    expect((await get(`/api/v1/daemondownload?file=${file}`)).status).toBe(404);
  },
);

it('shows what was printed as text', async () => {
  const { text } = await get('/log?file=worker-6700.log');
  expect(text).toContain('line 0 &lt;script&gt;');
  expect(text).not.toContain('<script');
});

it('shows a part, the end, or the lines that hold a text', async () => {
  const part = await get('/log?file=worker-6700.log&start=0&length=6');
  expect(part.text).toContain('<pre id="logContent">line 0</pre>');
  const end = await get('/log?file=worker-6700.log&tail=10');
  expect(end.text).toContain('<pre id="logContent">&lt;/script&gt;');
  const found = await get('/log?file=worker-6700.log&grep=line%2039');
  expect(found.text).toMatch(/<pre id="logContent">line 39 /);
});

it('refuses what cannot be shown, in a sentence', async () => {
  expect(await get('/log?file=worker-6700.log&start=99999')).toMatchObject({
    status: 400,
    text: 'Cannot start past the end of the file',
  });
  expect(await get('/log?file=worker-6700.log&start=x')).toMatchObject({
    status: 400,
    text: "Could not make an integer out of the query parameter 'start'",
  });
});

it('hands a whole log out as a file', async () => {
  for (const path of [
    '/download/worker-6700.log',
    `/api/v1/download?file=${encodeURIComponent(`${id}/6700/worker.log`)}`,
  ]) {
    const { status, text, headers } = await get(path);
    expect(status).toBe(200);
    expect(text).toBe(lines.join(''));
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
  }
});

it.each([
  '../../secret',
  '..%2f..%2fsecret',
  '%2e%2e/%2e%2e/secret',
  `${id}/6700/../../../secret`,
  '/etc/passwd',
  'worker-6700.log%00',
  `${id}/6700/worker.log.2`,
  '',
])('gives nothing but logs away: %s', async (name) => {
  for (const path of [`/log?file=${name}`, `/api/v1/download?file=${name}`, `/download/${name}`]) {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).toBe('Page not found');
  }
});

it('lists the logs by names that it takes', async () => {
  const names = JSON.parse((await get('/listLogs')).text) as string[];
  expect(names).toContain(`${id}/6700/worker.log`);
  expect(names).not.toContain(`${id}/6700/worker.log.2`);
  for (const name of names) {
    expect((await get(`/log?file=${encodeURIComponent(name)}`)).status).toBe(200);
  }
});

it('lists what profiling left of a worker, and hands it out, and nothing else', async () => {
  const dumps = join(folder, 'logs', id, '6700', 'dumps');
  mkdirSync(dumps);
  writeFileSync(join(dumps, 'jstack-1-2.txt'), 'main runs');
  symlinkSync(join(folder, 'secret'), join(dumps, 'recording-1-2.bin'));
  const list = await get(`/dumps/${id}/here:6700`);
  expect(list.text).toContain(
    `<a href="/dumps/${id}/here%3A6700/jstack-1-2.txt">jstack-1-2.txt</a>`,
  );
  expect(list.text).not.toContain('recording');
  for (const prefix of ['', '/api/v1']) {
    const dump = await get(`${prefix}/dumps/${id}/here%3A6700/jstack-1-2.txt`);
    expect([dump.status, dump.text]).toEqual([200, 'main runs']);
  }
  for (const [topology, worker, file] of [
    [id, 'here:6700', 'recording-1-2.bin'],
    [id, 'here:6700', '..%2Fworker.log'],
    [id, 'here:6701', 'jstack-1-2.txt'],
    ['..', 'here:6700', 'jstack-1-2.txt'],
  ]) {
    expect((await get(`/dumps/${topology}/${worker}/${file}`)).status).toBe(404);
  }
  const hostile = await get(`/dumps/${id}/${encodeURIComponent('<script>x')}`);
  expect(hostile.text).not.toContain('<script>x');
});

it.each(['listLogs', 'searchLogs'])(
  '/%s names the logs of a topology or of a port',
  async (path) => {
    const names = async (query: string) => JSON.parse((await get(`/api/v1/${path}${query}`)).text);
    const all = await names('');
    expect(all).toContain(`${id}/6700/worker.log`);
    expect(all).toContain('gone-1-1/6700/worker.log');
    expect(await names('?topoId=gone-1-1')).toEqual(['gone-1-1/6700/worker.log']);
    expect(await names('?topoId=gone-1-1&port=6701')).toEqual([]);
    expect(await names('?port=6700')).toEqual(all);
  },
);

it.each([
  `/search/${encodeURIComponent(`${id}/6700/worker.log`)}?`,
  `/api/v1/search?file=${encodeURIComponent(`${id}/6700/worker.log`)}&`,
])('searches one log, and goes on where it stopped: %s', async (path) => {
  const search = async (query: string) => JSON.parse((await get(`${path}${query}`)).text);
  const first = await search('search-string=line%203&num-matches=2');
  expect(first).toMatchObject({ isDaemon: 'no', searchString: 'line 3', startByteOffset: 0 });
  const [one, two] = first.matches;
  expect(one).toMatchObject({
    byteOffset: lines.slice(0, 3).join('').length,
    matchString: 'line 3',
  });
  expect(one.beforeString).toBe(lines.slice(0, 3).join(''));
  expect(one.afterString).toBe(lines.slice(3).join('').slice('line 3'.length).slice(0, 128));
  expect(first.nextByteOffset).toBe(two.byteOffset + 'line 3'.length);
  expect((await fetch(one.logviewerURL)).status).toBe(200);
  const rest = await search(
    `search-string=line%203&num-matches=99&start-byte-offset=${first.nextByteOffset}`,
  );
  expect(rest.matches).toHaveLength(9);
  expect(rest).not.toHaveProperty('nextByteOffset');
});

it('finds a text that stands where one piece ends and the next begins', async () => {
  const file = join(folder, 'logs', id, '6700', 'worker.log');
  writeFileSync(file, `${'x'.repeat(1024 * 1024 - 3)}needle${'y'.repeat(200)}`);
  const { text } = await get('/search/worker-6700.log?search-string=needle');
  const [match, ...others] = JSON.parse(text).matches;
  expect(match.byteOffset).toBe(1024 * 1024 - 3);
  expect([match.beforeString, match.afterString]).toEqual(['x'.repeat(128), 'y'.repeat(128)]);
  expect(others).toEqual([]);
});

it("searches serve's own log", async () => {
  const query = 'file=nimbus.log&search-string=says&is-daemon=yes';
  const answer = JSON.parse((await get(`/api/v1/search?${query}`)).text);
  expect(answer).toMatchObject({ isDaemon: 'yes', matches: [{ byteOffset: 9 }] });
});

it.each([
  ['file=../secret&search-string=hunter', 404, 'The file was not found on this node.'],
  ['file=worker-6700.log&search-string=', 400, /between 1 and 1024/],
  ['file=worker-6700.log&search-string=x&start-byte-offset=99999', 400, /past the end/],
  ['file=worker-6700.log&search-string=x&num-matches=x', 400, /Could not make an integer/],
  ['file=worker-6700.log.2&search-string=hunter', 404, 'The file was not found on this node.'],
])('says as JSON why it does not search: %s', async (query, status, reason) => {
  const answer = await get(`/api/v1/search?${query}`);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.text)).toMatchObject({
    error: expect.any(String),
    errorMessage: expect.stringMatching(reason),
  });
});

it.each(['', '/api/v1'])('searches the logs of a topology: %s/deepSearch', async (prefix) => {
  mkdirSync(join(folder, 'logs', id, '6701'));
  writeFileSync(join(folder, 'logs', id, '6701', 'worker.log'), 'nothing here\n');
  const search = async (query: string, topology = id) =>
    JSON.parse((await get(`${prefix}/deepSearch/${topology}?${query}`)).text);
  const all = await search('search-string=line%2039');
  expect(all).toMatchObject([
    {
      ...{ fileOffset: 0, searchString: 'line 39' },
      matches: [{ fileName: `${id}/6700/worker.log`, port: '6700', isDaemon: 'no' }],
    },
    { fileOffset: 1, searchString: 'line 39', matches: [] },
  ]);
  expect(await search('search-string=older&port=6700')).toMatchObject({ matches: [] });
  const archived = await search('search-string=older&port=6700&search-archived=on');
  expect(archived).toMatchObject({
    fileOffset: 1,
    matches: [{ fileName: `${id}/6700/worker.log.1`, matches: [{ byteOffset: 0 }] }],
  });
  const onward = 'search-string=line&port=6700&num-matches=3&start-byte-offset=10';
  expect((await search(onward)).matches[0].matches).toHaveLength(3);
  expect(await search('search-string=line', '..%2Fgone-1-1')).toEqual([]);
  expect(await search('search-string=line&port=6709')).toEqual([]);
  expect(await search('')).toEqual([]);
});
