import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { RequestError } from '../../storm-api/http/index.ts';
import { logPartAge } from '../logs/log-files.ts';
import type { CataloguedLog, LogCatalogue } from './log-catalogue.ts';
import { type LogMatch, matchesIn } from './log-matches.ts';
import { lengthDefault } from './log-page.ts';
import { wholeNumber } from './whole-number.ts';

/** Of the text, as Storm has it. */
const bytesMax = 1024;
const searchMatches = 10;
const deepSearchMatches = 1;

interface SearchQuery {
  readonly file?: string;
  readonly 'search-string'?: string;
  readonly 'num-matches'?: string;
  readonly 'start-byte-offset'?: string;
  readonly 'is-daemon'?: string;
}

interface DeepSearchQuery extends SearchQuery {
  readonly port?: string;
  readonly 'start-file-offset'?: string;
  readonly 'search-archived'?: string;
}

interface SearchOptions {
  readonly catalogue: LogCatalogue;
  /** @throws RequestError */
  readonly findDaemon: (name: string) => Promise<string>;
}

/** A log that is searched, and what it is called. */
interface Place {
  readonly path: string;
  readonly name: string;
  readonly isDaemon: boolean;
}

/** Storm's search in one log, and in those of all workers of a topology: the paths of 1.x and 2.x. */
export function addSearchRoutes(server: FastifyInstance, options: SearchOptions): void {
  const { catalogue, findDaemon } = options;
  const search = async (name: string, query: SearchQuery, host: string) => {
    const isDaemon = query['is-daemon'] === 'yes';
    const path = isDaemon ? await findDaemon(name) : await catalogue.find(name);
    if (path === null) throw new RequestError(404, 'The file was not found on this node.');
    const matches = wholeNumber('num-matches', query['num-matches']) ?? searchMatches;
    return await searchOne({ path, name, isDaemon }, query, matches, host);
  };
  server.get<{ Params: { file: string }; Querystring: SearchQuery }>(
    '/search/:file',
    ({ params, query, host }, reply) => asJson(reply, search(params.file, query, host)),
  );
  server.get<{ Querystring: SearchQuery }>('/api/v1/search', ({ query, host }, reply) =>
    asJson(reply, search(query.file ?? '', query, host)),
  );
  for (const path of ['/deepSearch/:topology', '/api/v1/deepSearch/:topology']) {
    server.get<{ Params: { topology: string }; Querystring: DeepSearchQuery }>(
      path,
      ({ params, query, host }, reply) =>
        asJson(reply, deepSearch(catalogue, params.topology, query, host)),
    );
  }
}

async function searchOne(place: Place, query: SearchQuery, matches: number, host: string) {
  const searchString = query['search-string'] ?? '';
  const text = Buffer.from(searchString);
  if (text.length === 0 || text.length > bytesMax) {
    throw new RequestError(400, `Search substring must be between 1 and ${bytesMax} UTF-8 bytes`);
  }
  const start = wholeNumber('start-byte-offset', query['start-byte-offset']) ?? 0;
  const found = await matchesIn(place.path, { text, start, matches });
  const { nextByteOffset } = found;
  return {
    isDaemon: place.isDaemon ? 'yes' : 'no',
    searchString,
    startByteOffset: start,
    matches: found.matches.map((match) => ({
      byteOffset: match.byteOffset,
      beforeString: match.before,
      afterString: match.after,
      matchString: searchString,
      logviewerURL: linkTo(place, match, host),
    })),
    ...(nextByteOffset === null ? {} : { nextByteOffset }),
  };
}

/** The page of the log in the middle of which the match stands. */
function linkTo({ name, isDaemon }: Place, { byteOffset }: LogMatch, host: string): string {
  const start = Math.max(0, byteOffset - lengthDefault / 2);
  const query = new URLSearchParams({
    file: name,
    start: String(start),
    length: String(lengthDefault),
  });
  return `http://${host}/${isDaemon ? 'daemonlog' : 'log'}?${query}`;
}

/** Of one port its answer, else a list of those of all ports; an empty one where there is nothing to search. */
async function deepSearch(
  catalogue: LogCatalogue,
  topology: string,
  query: DeepSearchQuery,
  host: string,
): Promise<object> {
  if ((query['search-string'] ?? '') === '') return [];
  const logs = (await catalogue.list()).filter((log) => log.topology === topology);
  const ports = [...new Set(logs.map(({ port }) => port))].sort();
  const searched = (port: string, from: DeepSearchQuery) =>
    searchPort(newestFirst(logs, port), from, host);
  if (query.port === undefined || query.port === '' || query.port === '*') {
    const { 'start-file-offset': _, 'start-byte-offset': __, ...fromTheBeginning } = query;
    return await Promise.all(ports.map((port) => searched(port, fromTheBeginning)));
  }
  return ports.includes(query.port) ? await searched(query.port, query) : [];
}

function newestFirst(logs: readonly CataloguedLog[], port: string): readonly CataloguedLog[] {
  return logs
    .filter((log) => log.port === port && /\/worker\.log[^/]*$/.test(log.path))
    .sort((one, other) => logPartAge(one.path) - logPartAge(other.path));
}

/** Goes through the logs of a port until there are enough matches. */
async function searchPort(all: readonly CataloguedLog[], query: DeepSearchQuery, host: string) {
  const wanted = wholeNumber('num-matches', query['num-matches']) ?? deepSearchMatches;
  const isArchived = !['', 'off', 'false', 'no'].includes(query['search-archived'] ?? '');
  let fileOffset = isArchived
    ? (wholeNumber('start-file-offset', query['start-file-offset']) ?? 0)
    : 0;
  const matches: object[] = [];
  let rest = query;
  let found = 0;
  for (const { path, port, names } of isArchived ? all.slice(fileOffset) : all.slice(0, 1)) {
    const [name = ''] = names;
    const one = await searchOne({ path, name, isDaemon: false }, rest, wanted - found, host);
    if (one.matches.length > 0) matches.push({ ...one, fileName: name, port });
    found += one.matches.length;
    if (found >= wanted) break;
    fileOffset++;
    rest = { ...query, 'start-byte-offset': '0' };
  }
  return { fileOffset, searchString: query['search-string'] ?? '', matches };
}

/** @returns what Storm answers instead where there is none */
async function asJson(reply: FastifyReply, answer: Promise<object>): Promise<object> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    const { statusCode, message } = error;
    return reply.code(statusCode).send({ error: STATUS_CODES[statusCode], errorMessage: message });
  }
}
