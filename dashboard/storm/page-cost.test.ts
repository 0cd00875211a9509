import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StormServer } from './storm-server.fixture.ts';

const id = 'words-1-1700000000';

let server: StormServer;
beforeEach(async () => {
  server = await StormServer.start('2.8.3');
});
afterEach(() => server.stop());

it('looks over the cluster once for each page', async () => {
  const looks = vi.spyOn(server.service, 'cluster');
  for (const path of [`topology/${id}`, `topology-workers/${id}`, `topology/${id}/metrics`]) {
    looks.mockClear();
    expect((await server.get(`/${path}`)).status).toBe(200);
    expect(looks).toHaveBeenCalledTimes(1);
  }
});
