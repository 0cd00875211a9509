import type { Clock } from '../../clock.ts';

/** Who this worker is among those of its topology. */
export interface LinkSettings {
  readonly worker: number;
  /** Of this process, 1 to 65535. */
  readonly incarnation: number;
  readonly stormId: string;
  /** Worker n listens on `<socketPrefix>n.sock`. */
  readonly socketPrefix: string;
  /** The worker of every task of the topology. */
  readonly taskWorkers: ReadonlyMap<number, number>;
  /** How long tuples for a worker that is away are held back (`gearstorm.link.grace.secs`). */
  readonly graceMs: number;
  readonly clock: Clock;
  /** Called when something happens to a connection, never per tuple. */
  readonly log: (sentence: string) => void;
}

/** The kernel's own limit is 108 bytes; a round number leaves room for a longer index. */
const pathBytesMax = 99;

/** Where a worker listens. @throws Error when the path is too long for a Unix socket */
export function socketOf({ socketPrefix }: LinkSettings, worker: number): string {
  const path = `${socketPrefix}${worker}.sock`;
  const bytes = Buffer.byteLength(path);
  if (bytes <= pathBytesMax) return path;
  throw new Error(
    `a socket path may have at most ${pathBytesMax} bytes, this one has ${bytes} (choose a shorter storm.local.dir): ${path}`,
  );
}
