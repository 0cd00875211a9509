import { spawn, spawnSync } from 'node:child_process';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

const shownLines = 30;

/** Runs a program quietly; when it fails, the Problem ends with the last lines it wrote. */
export function run(program, args, { cwd = root, environment = {}, timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) =>
      reject(new Problem(`${program} could not be started: ${error.message}`)),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output).toString());
      else
        reject(
          new Problem(
            failure([program, ...args].join(' '), code ?? signal, Buffer.concat(output).toString()),
          ),
        );
    });
  });
}

function failure(command, code, output) {
  const lines = output.trimEnd().split('\n').slice(-shownLines);
  return `${command} failed (${code}):\n${lines.map((line) => `    ${line}`).join('\n')}`;
}

/** What a program prints about its version, or null when it is not there. */
export function versionText(program, args) {
  const result = spawnSync(program, args, { encoding: 'utf8' });
  return result.error || result.status !== 0 ? null : `${result.stdout}${result.stderr}`;
}
