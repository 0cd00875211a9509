import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { RequestError } from './errors.ts';

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

export interface BrowserGuardOptions {
  /** Whether a link on another site's page may lead here: not where a GET has an effect. */
  readonly allowForeignLinks: boolean;
}

/**
 * Keeps web pages of others out of the API. A page that rebinds its own DNS name to us is known by its
 * Host header, a page that calls us from elsewhere by Origin or Sec-Fetch-Site; programs send neither.
 *
 * @param boundHost the address or name that was configured to listen on
 */
export function guardAgainstBrowsers(
  server: FastifyInstance,
  boundHost: string,
  { allowForeignLinks }: BrowserGuardOptions,
): void {
  const ownNames = new Set(['localhost', hostname().toLowerCase(), boundHost.toLowerCase()]);
  server.addHook('onRequest', async (request, reply) => {
    reply.headers(headers);
    checkHost(request, ownNames);
    checkOrigin(request, allowForeignLinks);
  });
}

/** Only a name can be rebound: an address in the Host header is where the browser really went. */
function checkHost(request: FastifyRequest, ownNames: ReadonlySet<string>): void {
  const name = hostName(request.headers.host ?? '');
  if (isIP(name) === 0 && !ownNames.has(name)) {
    throw new RequestError(403, 'this Host is not served here');
  }
}

function checkOrigin(request: FastifyRequest, allowForeignLinks: boolean): void {
  const { origin, host } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) {
    throw new RequestError(403, 'pages of other origins may not call this server');
  }
  const site = request.headers['sec-fetch-site'];
  const isForeign = site === 'cross-site' || site === 'same-site';
  const isLink = allowForeignLinks && request.headers['sec-fetch-mode'] === 'navigate';
  if (isForeign && !isLink) {
    throw new RequestError(403, 'pages of other origins may not call this server');
  }
}

/** The host of `host:port` or `[v6]:port`, in lower case. */
function hostName(host: string): string {
  const bracketed = /^\[([^\]]*)\](:\d+)?$/.exec(host);
  return (bracketed?.[1] ?? host.replace(/:\d+$/, '')).toLowerCase();
}
