import { rename, writeFile } from 'node:fs/promises';
import type { Address } from './listening.ts';

/** The ready file of serve. */
export interface ReadyFacts {
  readonly pid: number;
  readonly nimbus: Address;
  readonly drpc: Address;
  readonly drpcInvocations: Address;
  readonly drpcHttp: Address;
  readonly ui: Address;
  /** Where a ZooKeeper is started when it is needed; null when servers were named. */
  readonly zookeeper: Address | null;
  readonly logviewer: Address;
}

/** The ready file of `gearstorm drpc`. */
export type DrpcFacts = Pick<ReadyFacts, 'pid' | 'drpc' | 'drpcInvocations' | 'drpcHttp'>;

/** Written whole or not at all: who waits for the file never reads half of it. */
export async function writeReadyFile(file: string, facts: ReadyFacts | DrpcFacts): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(facts)}\n`);
  await rename(`${file}.new`, file);
}
