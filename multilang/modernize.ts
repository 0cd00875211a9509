import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/** Where decisions are told; pino's loggers fit. */
export interface ModernizeLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface ModernizeOptions {
  /** Our storm.py for Python 3. */
  readonly moduleFile: string;
  /** The environment the workers will get. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: ModernizeLog;
}

const compileTimeoutMs = 10_000;

/**
 * SHA-256 of every Python 2 only storm.py that Apache Storm released (0.7 to 1.0). Only these are
 * replaced: a copy that somebody has changed is theirs.
 */
const stockHashes: ReadonlySet<string> = new Set([
  '0addc36a3dc1c6119121203ffcbba8cd162423b84d3fe5ccecb7db557a725bd2',
  '3dde0dc514083d90d611a225bbddfa69b8f71d5f1f9298a3ffce53ce2f41cb20',
  '4b4d38e4f77fae4dbaad432458ac8abdbbc380bcfe7690a0fab301a0311288bb',
  '803c9536d719058dc881fb6ba68d5262ad3ec8ad3f7a0861fff4498896ea7b69',
  '8c420b3903635d01b21a17e5d2a03fe900a1ff722b5d8f789684a57e4dc81cac',
  'c92aeecf98561c55aca8fb8702ce7d8ed2a9a845559b7d16a3aa57e1337516ec',
  'cd711eb2e13622e59eec7cccddefce5e81b21366e54452a1838ca7cbab54157a',
]);

/**
 * Lets Python components of an old jar run on today's Python. What `python` understands is found by
 * letting it compile the jar's own storm.py: when it does, nothing is touched. Else a stock Python 2
 * storm.py is replaced by ours, and a missing or unfit `python` is stood in for by `python3`.
 * Running it again changes nothing more.
 *
 * @param resourcesDir the unpacked resources/ of the jar; a `shims` folder may appear beside it
 * @returns what to put over the workers' environment
 */
export async function modernizePython(
  resourcesDir: string,
  options: ModernizeOptions,
): Promise<Readonly<Record<string, string>>> {
  const script = await scriptToTry(resourcesDir);
  if (script === null || (await understands('python', script, options))) return {};
  const isStock = await isStockModule(script);
  const needed = isStock ? options.moduleFile : script;
  const interpreter = await firstThatUnderstands(['python', 'python3'], needed, options);
  if (interpreter === null) {
    options.log.warn(
      { script },
      'no python or python3 here understands the scripts of this topology',
    );
    return {};
  }
  if (isStock) await replaceModule(script, options);
  return interpreter === 'python' ? {} : standIn(resourcesDir, options);
}

/** storm.py if the jar has one, else any Python script; null when the jar has none. */
async function scriptToTry(resourcesDir: string): Promise<string | null> {
  const names = await readdir(resourcesDir).catch(() => []);
  const scripts = names.filter((name) => name.endsWith('.py')).sort();
  const name = scripts.find((each) => each === 'storm.py') ?? scripts[0];
  return name === undefined ? null : join(resourcesDir, name);
}

async function isStockModule(file: string): Promise<boolean> {
  return stockHashes.has(
    createHash('sha256')
      .update(await readFile(file))
      .digest('hex'),
  );
}

async function firstThatUnderstands(
  interpreters: readonly string[],
  script: string,
  options: ModernizeOptions,
): Promise<string | null> {
  for (const interpreter of interpreters) {
    if (await understands(interpreter, script, options)) return interpreter;
  }
  return null;
}

const compileProgram = 'import sys; compile(open(sys.argv[1], "rb").read(), sys.argv[1], "exec")';

/** False as well when there is no such program, or it is only a front for an interpreter that is not installed. */
function understands(
  interpreter: string,
  script: string,
  { environment }: ModernizeOptions,
): Promise<boolean> {
  return run(interpreter, ['-c', compileProgram, script], environment).then(
    () => true,
    () => false,
  );
}

async function replaceModule(script: string, { moduleFile, log }: ModernizeOptions): Promise<void> {
  await copyFile(moduleFile, `${script}.new`);
  await rename(`${script}.new`, script);
  log.info({ script }, 'replaced the stock Python 2 storm.py by ours of the same API');
}

/**
 * A folder whose `python` is python3. It holds a script, not a link: a link would hide from the
 * interpreter which virtual environment it belongs to.
 */
async function standIn(
  resourcesDir: string,
  { environment, log }: ModernizeOptions,
): Promise<Readonly<Record<string, string>>> {
  const program = 'import sys; sys.stdout.write(sys.executable)';
  const executable = await run('python3', ['-c', program], environment);
  const folder = join(dirname(resourcesDir), 'shims');
  const shim = join(folder, 'python');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(shim, `#!/bin/sh\nexec '${executable.replaceAll("'", "'\\''")}' "$@"\n`);
  await chmod(shim, 0o700);
  log.info({ python: executable }, 'no suitable python here, python3 stands in for it');
  const path = environment['PATH'];
  return { PATH: path === undefined ? folder : `${folder}${delimiter}${path}` };
}

function run(
  program: string,
  args: readonly string[],
  environment: ModernizeOptions['environment'],
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: environment, timeout: compileTimeoutMs }, (error, stdout) => {
      if (error) reject(error);
      else resolve(stdout);
    });
  });
}
