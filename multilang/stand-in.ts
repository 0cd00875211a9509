import { spawnSync } from 'node:child_process';

/** Names that a machine of today does not have; `python` itself is looked after when a jar is unpacked. */
const oldPython = /(^|\/)python2(\.\d+)?$|\/python$/;
const triedMs = 10_000;
const programs = new Map<string, string>();

/**
 * A command with a Python that runs here, where the one it names does not: `python2`, `python2.7` or a
 * path such as `/usr/bin/python`. Any other command stays as it is.
 * @param path where programs are looked for
 */
export function runnableCommand(
  command: readonly string[],
  path: string | undefined,
): readonly string[] {
  const [program = '', ...args] = command;
  if (!oldPython.test(program)) return command;
  const key = `${program} ${path}`;
  const found = programs.get(key) ?? firstThatRuns([program, 'python', 'python3'], path) ?? program;
  programs.set(key, found);
  return [found, ...args];
}

/** Trying is the only way to know: what is there may be a front for an interpreter that is not. */
function firstThatRuns(names: readonly string[], path: string | undefined): string | undefined {
  const env = path === undefined ? {} : { PATH: path };
  const run = (name: string) => spawnSync(name, ['-c', ''], { env, timeout: triedMs });
  return names.find((name) => run(name).status === 0);
}
