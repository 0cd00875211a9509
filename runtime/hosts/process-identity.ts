import { readdirSync, readFileSync } from 'node:fs';

/**
 * Which process is meant, for ever: a pid alone is given to another process sooner or later, and
 * a start time alone repeats after a reboot.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat, in clock ticks since the machine started. */
  readonly startTicks: string;
  readonly bootId: string;
}

/** The process that has this pid now; null when there is none, or only its unreaped remains. */
export function identify(pid: number): ProcessIdentity | null {
  const fields = statFields(pid);
  const state = fields?.[0];
  const startTicks = fields?.[19];
  if (state === undefined || startTicks === undefined || state === 'Z' || state === 'X')
    return null;
  return { pid, startTicks, bootId: bootId() };
}

/** true while exactly this process runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = identify(identity.pid);
  return now !== null && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}

/**
 * Signals the process group that this process leads, if it still is this process.
 * @returns false when it is gone.
 */
export function signalGroup(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  if (!isAlive(identity)) return false;
  return kill(-identity.pid, signal) || kill(identity.pid, signal);
}

/**
 * Every process of ours whose environment holds `NAME=value`: a worker whose pid was never
 * recorded, or the subprocesses that outlived their worker (they inherit its environment).
 */
export function findByEnvironment(name: string, value: string): readonly ProcessIdentity[] {
  return findByVariable((variable) => variable === `${name}=${value}`);
}

/** The same for every value that begins so. */
export function findByEnvironmentPrefix(name: string, prefix: string): readonly ProcessIdentity[] {
  return findByVariable((variable) => variable.startsWith(`${name}=${prefix}`));
}

function findByVariable(isWanted: (variable: string) => boolean): readonly ProcessIdentity[] {
  return processIds()
    .filter((pid) => pid !== process.pid && environmentOf(pid).some(isWanted))
    .map(identify)
    .filter((identity) => identity !== null);
}

/** Kills every process of ours whose environment holds `NAME=value`. */
export function killByEnvironment(name: string, value: string): void {
  for (const identity of findByEnvironment(name, value)) killProcess(identity);
}

/** Kills one process without its group, if it still is this process. */
export function killProcess(identity: ProcessIdentity): void {
  if (isAlive(identity)) kill(identity.pid, 'SIGKILL');
}

function kill(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false; // it ended in between
  }
}

function processIds(): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .map(Number);
}

/** Fields of /proc/PID/stat from the third (the state) on; the second may hold blanks and brackets. */
function statFields(pid: number): readonly string[] | null {
  const stat = readProc(`/proc/${pid}/stat`);
  return stat === null ? null : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function environmentOf(pid: number): readonly string[] {
  return readProc(`/proc/${pid}/environ`)?.split('\0') ?? [];
}

function bootId(): string {
  return readProc('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
}

/** null when the process is gone or another user's. */
function readProc(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
