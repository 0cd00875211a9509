import yargs, { type CommandModule } from 'yargs';
import { didYouMean, nearest } from '../storm-api/index.ts';
import type { CommandContext } from './command-context.ts';
import { activateCommand, deactivateCommand } from './commands/activate.ts';
import { classpathCommand, serverClasspathCommand } from './commands/classpath.ts';
import { type CompletedCommand, completionCommand } from './commands/completion.ts';
import { localConfValueCommand, remoteConfValueCommand } from './commands/conf-value.ts';
import { absentCommand, attachedCommand, needlessCommand } from './commands/daemons.ts';
import { demoCommand } from './commands/demo.ts';
import { drpcCommand } from './commands/drpc.ts';
import { drpcClientCommand } from './commands/drpc-client.ts';
import { getErrorsCommand } from './commands/get-errors.ts';
import { jarCommand, runJar } from './commands/jar.ts';
import { killCommand } from './commands/kill.ts';
import { listCommand } from './commands/list.ts';
import { localCommand, runLocalJar, takeLocalJar } from './commands/local.ts';
import { logsCommand } from './commands/logs.ts';
import { monitorCommand } from './commands/monitor.ts';
import { peekCommand } from './commands/peek.ts';
import { rebalanceCommand } from './commands/rebalance.ts';
import { serveCommand } from './commands/serve.ts';
import { setLogLevelCommand } from './commands/set-log-level.ts';
import { runShell, shellCommand } from './commands/shell.ts';
import { stateCommand } from './commands/state.ts';
import { submitCommand } from './commands/submit.ts';
import { topCommand } from './commands/top.ts';
import { uploadCredentialsCommand } from './commands/upload-credentials.ts';
import { versionCommand } from './commands/version.ts';
import { CommandError } from './errors.ts';

/** Storm's client ends so when it does not know a command, and so when it is given none. */
const unknownCommandExit = 254;
const noCommandExit = 255;

/**
 * Runs one command line, without the options that `takeGlobalOptions` took out.
 *
 * @throws CommandError, or what the command throws
 */
export async function runCommand(rest: readonly string[], context: CommandContext): Promise<void> {
  const commands = commandsFor(context);
  const names = [...commands.keys(), 'help'];
  const [name, ...args] = rest;
  if (name === undefined || name === '--help') return usage([], commands, context, name);
  if (name === 'help') return usage(args, commands, context, name);
  if (!names.includes(name)) {
    throw new CommandError(unknownCommand(name, names), unknownCommandExit);
  }
  if (name === 'jar' && args[0] !== '--help') return runJar(context, args);
  if (name === 'shell' && args[0] !== '--help') return runShell(context, args);
  const localJar = name === 'local' ? takeLocalJar(args) : null;
  if (localJar !== null) return runLocalJar(context, localJar);
  try {
    await parser(rest, commands).parseAsync();
  } catch (error) {
    throw await withGuess(error, name, commands);
  }
}

/** An option that there is not, with the one that was probably meant. */
async function withGuess(
  error: unknown,
  command: string,
  commands: ReadonlyMap<string, AnyCommand>,
): Promise<unknown> {
  if (!(error instanceof CommandError)) return error;
  const [, typed] = /^Unknown argument: (\S+)$/.exec(error.message) ?? [];
  if (typed === undefined) return error;
  const options = await optionsOf(command, commands);
  const isLong = (option: string) => option.startsWith('--');
  const names = options.filter(isLong).map((option) => option.slice(2));
  return new CommandError(`${error.message}${didYouMean(typed, names)}`);
}

// biome-ignore lint/suspicious/noExplicitAny: each command has arguments of its own
type AnyCommand = CommandModule<object, any>;

function commandsFor(context: CommandContext): ReadonlyMap<string, AnyCommand> {
  const all: readonly AnyCommand[] = [
    serveCommand(context),
    jarCommand(context),
    submitCommand(context),
    shellCommand(context),
    localCommand(context),
    listCommand(context),
    killCommand(context),
    activateCommand(context),
    deactivateCommand(context),
    rebalanceCommand(context),
    uploadCredentialsCommand(context),
    setLogLevelCommand(context),
    peekCommand(context),
    logsCommand(context),
    drpcCommand(context),
    drpcClientCommand(context),
    stateCommand(context),
    demoCommand(context),
    versionCommand(context),
    classpathCommand(context),
    serverClasspathCommand(context),
    localConfValueCommand(context),
    remoteConfValueCommand(context),
    monitorCommand(context),
    getErrorsCommand(context),
    topCommand(context),
    completionCommand(context, () => completed(all)),
    { ...serveCommand(context), command: 'nimbus', describe: 'The same as serve, by its old name' },
    ...['supervisor', 'ui', 'logviewer'].map((name) => attachedCommand(context, name)),
    needlessCommand(context, 'dev-zookeeper', zooKeeperSentence),
    needlessCommand(context, 'repl', replSentence),
    needlessCommand(context, 'pacemaker', pacemakerSentence),
    ...Object.entries(absent).map(([name, sentence]) => absentCommand(name, sentence)),
  ];
  return new Map(
    all.flatMap((command) =>
      [nameOf(command), ...aliasesOf(command)].map((name) => [name, command]),
    ),
  );
}

const zooKeeperSentence =
  'No ZooKeeper is needed; gearstorm serve starts one by itself when a topology asks for it.';
const replSentence =
  "There is no Clojure shell here: gearstorm's own parts are TypeScript, and topologies in Clojure run as any other.";

const pacemakerSentence =
  'No Pacemaker is needed: workers give their signs of life to gearstorm serve itself.';

/** Commands of Storm 1 and 2, and why they do nothing here. */
const absent: Readonly<Record<string, string>> = {
  admin:
    "There is nothing here for admin: what serve keeps is no ZooKeeper's, and kill removes a topology that cannot be restored.",
  heartbeats:
    'No heartbeats are kept here: the page and /api/gearstorm/live show the workers as they are.',
  blobstore: 'There is no blob store: it came with Storm 1, whose jars do not run here yet.',
  sql: 'There is no Storm SQL: it came with Storm 1, whose jars do not run here yet.',
  kill_workers: 'Workers end with their serve: stop it, or kill their topologies.',
  'node-health-check':
    'No health scripts are run here: "gearstorm list" fails when serve does not answer.',
};

/** Options are read from the help, which has all their names. */
async function optionsOf(
  command: string,
  commands: ReadonlyMap<string, AnyCommand>,
): Promise<readonly string[]> {
  const line = [command, '--help'];
  const help = await helpText(parser(line, commands), line);
  const [, options = ''] = help.split(/^Options:$/m);
  return [...options.matchAll(/(?<=^ {2,6}|, )--?[a-z][a-z-]*/gm)].map(([word]) => word);
}

function completed(all: readonly AnyCommand[]): Promise<readonly CompletedCommand[]> {
  const commands = new Map(all.map((command) => [nameOf(command), command]));
  return Promise.all(
    all.map(async (command) => {
      const name = nameOf(command);
      return {
        name,
        options: await optionsOf(name, commands),
        takesTopology: / [<[]topology[>\]]/.test(`${command.command}`),
      };
    }),
  );
}

function nameOf({ command }: AnyCommand): string {
  return String(command).split(' ')[0] ?? '';
}

function aliasesOf({ aliases }: AnyCommand): readonly string[] {
  return [aliases ?? []].flat();
}

function parser(line: readonly string[], commands: ReadonlyMap<string, AnyCommand>) {
  const empty = yargs([...line])
    .scriptName('gearstorm')
    .usage('$0 <command>\n\n-c key=value and --config FILE may stand anywhere on the line.')
    .parserConfiguration({ 'parse-positional-numbers': false })
    .version(false)
    .strict()
    .exitProcess(false)
    .fail((message, error) => {
      throw error ?? new CommandError(usageProblem(message, commands.get(line[0] ?? '')));
    });
  return [...new Set(commands.values())].reduce(
    (parsing, command) => parsing.command(command),
    empty,
  );
}

function usageProblem(message: string, command: AnyCommand | undefined): string {
  const isIncomplete = message.startsWith('Not enough non-option arguments');
  if (isIncomplete && command !== undefined) return `usage: gearstorm ${command.command}`;
  return message.replace(/\s*\n\s*/g, ' ');
}

async function usage(
  args: readonly string[],
  commands: ReadonlyMap<string, AnyCommand>,
  context: CommandContext,
  asked: string | undefined,
): Promise<void> {
  const [topic] = args;
  if (topic !== undefined && !commands.has(topic)) {
    throw new CommandError(unknownCommand(topic, [...commands.keys()]), unknownCommandExit);
  }
  const line = topic === undefined ? ['--help'] : [topic, '--help'];
  context.out.write(`${await helpText(parser(line, commands), line)}\n`);
  if (asked === undefined) context.setExitCode(noCommandExit);
}

function helpText(parsing: ReturnType<typeof parser>, line: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    parsing.parse([...line], (error: Error | undefined, _: unknown, output: string) => {
      if (error) reject(error);
      else resolve(output);
    });
  });
}

function unknownCommand(name: string, names: readonly string[]): string {
  const guess = nearest(name, names);
  const hint = guess === null ? 'try "gearstorm help"' : `did you mean ${guess}?`;
  return `Unknown command: [gearstorm ${name}]: ${hint}`;
}
