import { spawn } from 'node:child_process';

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
