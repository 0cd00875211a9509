import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import type { Command } from './component-host.ts';
import { HostUnavailableError } from './errors.ts';
import {
  findByEnvironment,
  findByEnvironmentPrefix,
  identify,
  isAlive,
  killByEnvironment,
  killProcess,
  type ProcessIdentity,
} from './process-identity.ts';

/** Carries a worker's token, so that it and what it started are found without its pid. */
export const workerMarker = 'GEARSTORM_WORKER';

const adoptedPollMs = 500;
const outputBytesMax = 10 * 1024 * 1024;
const firstOutputBytesMax = 4096;

/** How a process ended; both null when nobody was there to see it. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A process that lives on when we end. */
export interface DetachedProcess {
  readonly identity: ProcessIdentity;
  /** Never rejects. */
  readonly ended: Promise<ProcessEnd>;
  /** Nobody asks for `ended` any more: what waits for it shall not keep us from ending. */
  unfollow(): void;
  /** The beginning of what it printed; nothing of a process that an earlier run of ours started. */
  firstOutput(): string;
}

/**
 * Starts a program in a session of its own: stdin is the null device and its output goes to a
 * file, because a pipe to a parent that died would block or kill it.
 * @throws HostUnavailableError when the program cannot be started.
 */
export async function startDetached(
  command: Command,
  options: { readonly marker: string; readonly outputFile: string },
): Promise<DetachedProcess> {
  const outputStart = makeRoom(options.outputFile);
  const output = openSync(options.outputFile, 'a', 0o600);
  try {
    const child = spawn(command.program, command.args, {
      detached: true,
      stdio: ['ignore', output, output],
      env: {
        ...process.env,
        ...Object.fromEntries(command.environment),
        [workerMarker]: options.marker,
      },
    });
    const firstOutput = () => beginningAt(options.outputFile, outputStart);
    return { ...(await started(child, command.program)), firstOutput };
  } finally {
    closeSync(output);
  }
}

/**
 * What a JVM says beside its log is little, but a worker may be started again for days.
 * @returns where the output of the next process begins
 */
function makeRoom(outputFile: string): number {
  const size = statSync(outputFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= outputBytesMax) return size;
  renameSync(outputFile, `${outputFile}.1`);
  return 0;
}

/** Nothing of a file that somebody took away. */
function beginningAt(file: string, position: number): string {
  const bytes = Buffer.alloc(firstOutputBytesMax);
  try {
    const descriptor = openSync(file, 'r');
    try {
      return bytes.toString('utf8', 0, readSync(descriptor, bytes, { position }));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return '';
  }
}

/** Follows a process that an earlier run of ours started; its exit status is lost to us. */
export function adoptDetached(identity: ProcessIdentity, clock: Clock): DetachedProcess {
  let callOff = () => {};
  const ended = new Promise<ProcessEnd>((resolve) => {
    const look = () => {
      if (isAlive(identity)) callOff = clock.after(adoptedPollMs, look);
      else resolve({ code: null, signal: null });
    };
    look();
  });
  return { identity, ended, unfollow: () => callOff(), firstOutput: () => '' };
}

/** The process that was started with this marker, for one whose pid was never written down. */
export function findMarked(marker: string): ProcessIdentity | null {
  return oldestFirst(findByEnvironment(workerMarker, marker))[0] ?? null;
}

/** Kills the process of this marker with every subprocess that inherited it. */
export function killMarked(marker: string): void {
  killByEnvironment(workerMarker, marker);
}

/** Kills the processes of all markers that begin so. */
export function killMarkedWith(prefix: string): void {
  for (const identity of findByEnvironmentPrefix(workerMarker, prefix)) killProcess(identity);
}

function oldestFirst(identities: readonly ProcessIdentity[]): readonly ProcessIdentity[] {
  return [...identities].sort(
    (a, b) => Number(a.startTicks) - Number(b.startTicks) || a.pid - b.pid,
  );
}

function started(
  child: ChildProcess,
  program: string,
): Promise<Omit<DetachedProcess, 'firstOutput'>> {
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new HostUnavailableError(`${program} cannot be started: ${cause.message}`, { cause }));
    });
    child.once('spawn', () => {
      child.unref();
      resolve({ identity: identityOf(child), ended, unfollow: () => {} });
    });
  });
}

/** A child that ended already has no identity to read; nothing matches the one it gets instead. */
function identityOf(child: ChildProcess): ProcessIdentity {
  const pid = child.pid ?? 0;
  return identify(pid) ?? { pid, startTicks: '', bootId: '' };
}
