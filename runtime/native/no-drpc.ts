import type { DrpcPort } from '../../storm-api/builder/index.ts';

/** Of a run that has no DRPC server: no request ever comes. */
export const noDrpc: DrpcPort = {
  fetch: async () => null,
  result: () => {},
  fail: () => {},
};
