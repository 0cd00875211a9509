import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Generation } from '../storm-api/index.ts';
import type { CommandContext } from './command-context.ts';
import { clusterConfiguration, namesZooKeeper } from './configuration.ts';
import type { ReadyFacts } from './ready-file.ts';
import { Serve } from './serve.ts';

/** A serve of one command's own, in this process. */
export interface PrivateServe {
  readonly facts: ReadyFacts;
  /** Everything it keeps; gone with it. */
  readonly folder: string;
  /** For commands that are to talk to it. */
  readonly client: CommandContext;
}

/**
 * Runs a serve on free ports, with all it keeps in a temporary folder, for as long as `use` takes;
 * nothing of it is left behind.
 */
export async function withPrivateServe(
  context: CommandContext,
  use: (serve: PrivateServe) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gearstorm-'));
  const server = makeServe(context, folder);
  try {
    const facts = await server.start();
    const { host, port } = facts.nimbus;
    const client = withOverrides(context, [`nimbus.host=${host}`, `nimbus.thrift.port=${port}`]);
    await use({ facts, folder, client });
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function makeServe(context: CommandContext, folder: string): Serve {
  const own = withOverrides(context, [
    ...['nimbus.host=127.0.0.1', 'ui.host=127.0.0.1'],
    ...['nimbus.thrift.port=0', 'ui.port=0', 'logviewer.port=0'],
    ...['drpc.port=0', 'drpc.invocations.port=0', 'drpc.http.port=0'],
    ...[`storm.local.dir=${JSON.stringify(folder)}`, 'gearstorm.store=level'],
  ]);
  const logFile = createWriteStream(join(folder, 'serve.log'));
  const configOf = (generation?: Generation) => clusterConfiguration(own, generation);
  return new Serve({
    ...{ config: configOf(), configOf },
    ...{ paths: context.paths, context: own, environment: context.environment },
    drpcAccessList: null,
    logger: pino({ base: null }, logFile),
    onLeadershipLost: (reason) => context.err.write(`${reason}\n`),
    namesZooKeeper: namesZooKeeper(own),
  });
}

function withOverrides(context: CommandContext, more: readonly string[]): CommandContext {
  const overrides = [...context.options.overrides, ...more];
  return { ...context, options: { ...context.options, overrides } };
}
