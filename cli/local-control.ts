import { rm } from 'node:fs/promises';
import { GuestHost } from '../runtime/hosts/index.ts';
import type { CommandContext } from './command-context.ts';
import { clusterConfiguration } from './configuration.ts';
import { takeGlobalOptions } from './global-options.ts';
import { makeLogger } from './logger.ts';
import { ProductPaths } from './product-paths.ts';
import { Serve } from './serve.ts';

// The control plane of one LocalCluster: `FOLDER SOCKET [-c key=value]...`, started by the process
// whose JVM runs the components. It keeps everything below FOLDER, says on its standard output where
// it is (`{"nimbus":{...}}`) or why it does not start (`{"error":"..."}`), and ends, with all that it
// has started, when its standard input does: whoever started it is gone then, however that happened.
// FOLDER is gone after it in each case, because nobody else may be there any more to remove it.

/** Ports, state and patience of a control plane that serves one process for a while. */
function ownSettings(folder: string): readonly string[] {
  return [
    `storm.local.dir=${folder}/storm-local`,
    'storm.cluster.mode=local',
    'gearstorm.store=memory',
    ...['nimbus.host=127.0.0.1', 'nimbus.thrift.port=0', 'ui.host=127.0.0.1', 'ui.port=0'],
    ...['drpc.port=0', 'drpc.invocations.port=0', 'drpc.http.port=0', 'logviewer.port=0'],
    // A debugger may hold the whole process for as long as it likes.
    ...['supervisor.worker.start.timeout.secs=86400', 'supervisor.worker.timeout.secs=86400'],
  ];
}

async function main(line: readonly string[]): Promise<void> {
  const { rest, overrides, configFile } = takeGlobalOptions(line);
  const [folder, socket] = rest;
  if (folder === undefined || socket === undefined) {
    throw new Error('usage: local-control FOLDER SOCKET [-c key=value]...');
  }
  const context: CommandContext = {
    options: { overrides: [...overrides, ...ownSettings(folder)], configFile },
    paths: new ProductPaths(),
    environment: process.env,
    out: process.stdout,
    err: process.stderr,
    setExitCode: () => {},
  };
  try {
    await serveUntilAlone(context, socket);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function serveUntilAlone(context: CommandContext, socket: string): Promise<void> {
  const { paths, environment } = context;
  const alone = standardInputEnds();
  const serve = new Serve({
    ...{ context, paths, environment, config: clusterConfiguration(context) },
    logger: makeLogger(context.err),
    drpcAccessList: null,
    configOf: (generation) => clusterConfiguration(context, generation),
    namesZooKeeper: true, // the process that started this one has it
    javaHost: new GuestHost({ program: paths.guestWorker, socket }),
    onLeadershipLost: () => process.exit(1),
  });
  try {
    const { nimbus } = await serve.start();
    context.out.write(`${JSON.stringify({ nimbus })}\n`);
    await alone;
  } finally {
    await serve.stop();
  }
}

/** Resolves at the end of the standard input; an interrupt is for whoever started this process. */
function standardInputEnds(): Promise<void> {
  process.on('SIGINT', () => {}).on('SIGHUP', () => {});
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve());
    process.stdin
      .on('end', resolve)
      .on('error', () => resolve())
      .resume();
  });
}

try {
  await main(process.argv.slice(2));
  process.exit(0);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.stdout.write(`${JSON.stringify({ error: message })}\n`, () => process.exit(1));
}
