/**
 * Where the result of a request goes, as Storm's DRPCSpout writes it: Storm's ReturnResults
 * understands it too.
 */
export function returnInfo(id: string, config: ReadonlyMap<string, unknown>): string {
  const servers = config.get('drpc.servers');
  const host = Array.isArray(servers) ? servers[0] : undefined;
  const port = config.get('drpc.invocations.port');
  return JSON.stringify({ id, host: host ?? '', port: port ?? 0 });
}

/** @throws TypeError for anything but a return info */
export function requestIdOf(info: unknown): string {
  const id = typeof info === 'string' ? idIn(info) : undefined;
  if (typeof id === 'string') return id;
  throw new TypeError('the second field of a result is the return-info of its request');
}

function idIn(info: string): unknown {
  try {
    return (JSON.parse(info) as { readonly id?: unknown } | null)?.id;
  } catch {
    return undefined;
  }
}
