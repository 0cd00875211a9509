import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TopologyService } from '../../storm-api/index.ts';

/** A worker's folder of logs, and who wrote them. */
interface LogFolder {
  readonly path: string;
  /** A storm id; of a topology that is gone the name of its folder. */
  readonly topology: string;
  readonly port: string;
  readonly isAlive: boolean;
}

export interface CataloguedLog {
  readonly topology: string;
  readonly port: string;
  readonly path: string;
  /** By any of these a log is asked for; the first is the name that Storm's later versions use. */
  readonly names: readonly string[];
}

/**
 * Finds logs by Storm's names of them. A path is never made of what was asked for: a name is
 * looked up among those of the files that there are, links left out.
 */
export class LogCatalogue {
  readonly #service: TopologyService;
  readonly #folder: string;

  /** @param folder holds a folder for each topology, and in it one for each port */
  constructor(service: TopologyService, folder: string) {
    this.#service = service;
    this.#folder = folder;
  }

  /** The path of a log; null when there is none of that name. */
  async find(name: string): Promise<string | null> {
    const logs = await this.list();
    return logs.find(({ names }) => names.includes(name))?.path ?? null;
  }

  /** Of topologies that are alive first. */
  async list(): Promise<readonly CataloguedLog[]> {
    const logs: CataloguedLog[] = [];
    for (const folder of await this.#folders()) {
      for (const file of await entries(folder.path)) {
        if (file.isFile()) logs.push(catalogued(folder, file.name));
      }
    }
    return logs;
  }

  async #folders(): Promise<readonly LogFolder[]> {
    const alive = this.#service.cluster().topologies.flatMap(({ id }) =>
      this.#service.describe(id).workerList.map(({ port, logFile }) => ({
        ...{ path: dirname(logFile), topology: id, port: String(port), isAlive: true },
      })),
    );
    const known = new Set(alive.map(({ path }) => path));
    const others: LogFolder[] = [];
    for (const topology of await entries(this.#folder)) {
      if (!topology.isDirectory()) continue;
      for (const port of await entries(join(this.#folder, topology.name))) {
        const path = join(this.#folder, topology.name, port.name);
        const place = { path, topology: topology.name, port: port.name, isAlive: false };
        if (port.isDirectory() && !known.has(path)) others.push(place);
      }
    }
    return [...alive, ...others];
  }
}

/** Storm 0.9 names a log by its port alone, 0.10 by topology and port; later ones have folders. */
function catalogued({ path, topology, port, isAlive }: LogFolder, file: string): CataloguedLog {
  const [, rest] = /^worker(\..*)$/.exec(file) ?? [];
  const names = [`${topology}/${port}/${file}`];
  if (rest !== undefined) names.push(`${topology}-worker-${port}${rest}`);
  if (rest !== undefined && isAlive) names.push(`worker-${port}${rest}`);
  return { topology, port, path: join(path, basename(file)), names };
}

/** None of a folder that is not there: logs are cleared away while we look. */
export async function entries(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
