import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { run } from './command.mjs';
import { build, root } from './paths.mjs';

/**
 * Runs a program of ours until it ends, and says how. Ctrl-C reaches the whole foreground group: the
 * program ends itself, and we wait for it.
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function launch(file, args) {
  const child = spawn(process.execPath, [file, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Compiles a TypeScript project that set-up leaves out, and runs a program of it with our arguments.
 * @param {import('./progress.mjs').Progress} progress
 * @param {{ title: string, project: string, folder: string, program: string }} what the project's
 *   folder below the root, the folder below build/ that it is compiled to, and the program in there
 * @returns {Promise<number>} its exit code
 */
export async function compileAndLaunch(progress, { title, project, folder, program }) {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const config = join(root, project, 'tsconfig.json');
  await progress.step(`${title} (tsc)`, () => run(process.execPath, [compiler, '-p', config]));
  return launch(join(build, folder, program), process.argv.slice(2));
}
