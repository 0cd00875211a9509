import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync } from 'node:fs';
import { killByEnvironment } from '../runtime/hosts/index.ts';
import { OutputPipe } from './output-pipe.ts';
import type { Frame, FrameReader, Part } from './serializer.ts';
import { StderrLog } from './stderr-log.ts';

/** In the environment of a child and of whatever it starts, so that all of them are found. */
const childMarker = 'GEARSTORM_SHELL';
/** For what is still in the pipes of a child that has ended; a grandchild may hold them open. */
const drainMs = 100;
/** So long a write for a child that is busy waits for others. */
const gatherMs = 1;
/** Once in so long the output of a child that is busy is read. */
const restMs = 1;
/** Between SIGTERM and SIGKILL. */
const graceMs = 1_000;

export interface ChildCommand {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** For files that have a name for a moment. */
  readonly scratchDir: string;
}

/**
 * When a write leaves: at once, so that the child is awake while we do the rest, and what follows at
 * the end of what we are doing; after what else is ready to be done; or in a while, with others,
 * because the child has other things to do.
 */
export type Urgency = 'now' | 'soon' | 'later';

export interface ChildListener {
  onFrame(frame: Frame): void;
  /** The child's pipe took what was written to it. @param hadWaited until the child made room there */
  onTaken(hadWaited: boolean): void;
  /** A piece of its output has come; its messages follow. */
  onHeard(): void;
  /** What the child says may be read a moment later. */
  isBusy(): boolean;
  onErrorLine(line: string): void;
  /** Once; nothing else is called afterwards. */
  onEnd(reason: string): void;
}

/**
 * One subprocess that leads a session and process group of its own. Its output is handed on message
 * by message; what is written together leaves in one piece, with what could wait.
 */
export class ShellChild {
  readonly #marker = randomUUID();
  readonly #listener: ChildListener;
  readonly #process: ChildProcess;
  readonly #output: OutputPipe;
  readonly #reader: FrameReader;
  readonly #stderr: StderrLog;
  readonly #exited: Promise<void>;
  #outgoing: Part[] = [];
  #unwritten = 0;
  /** The most urgent of what waits to be written; null when nothing does. */
  #writes: Urgency | null = null;
  #isPaused = false;
  #rests = false;
  #hasEnded = false;

  /** @throws Error when the machine has no pipe or process for it */
  constructor(command: ChildCommand, reader: FrameReader, listener: ChildListener) {
    this.#listener = listener;
    this.#reader = reader;
    this.#stderr = new StderrLog((line) => listener.onErrorLine(line));
    this.#output = new OutputPipe(command.scratchDir, (piece) => this.#read(piece));
    this.#process = this.#spawn(command);
    this.#exited = new Promise((resolve) => {
      this.#process.once('exit', () => resolve());
      this.#process.once('error', () => resolve());
    });
    this.#listen(`${command.command.join(' ')} in ${command.cwd}`);
  }

  /** null when it could not be started. */
  get pid(): number | null {
    return this.#process.pid ?? null;
  }

  /** Messages that the child's pipe has not taken. */
  get unwritten(): number {
    return this.#unwritten;
  }

  write(part: Part, urgency: Urgency): void {
    if (this.#hasEnded) return;
    this.#outgoing.push(part);
    this.#unwritten += 1;
    const writes = this.#writes;
    if (writes === 'now' || writes === urgency || (writes !== null && urgency === 'later')) return;
    if (urgency === 'now') this.#flush();
    this.#writes = urgency;
    writers[urgency](() => this.#flush());
  }

  /** Output waits in the child's pipe until it may go on. */
  pause(paused: boolean): void {
    this.#isPaused = paused;
    if (paused) this.#output.pause();
    else this.#readOn();
  }

  /** Ends it at once, with everything it has started. */
  kill(reason: string): void {
    if (this.#hasEnded) return;
    this.#signalGroup('SIGKILL');
    this.#end(reason);
  }

  /** Lets it end by itself, for a while; resolves when it and what it started are gone. */
  async stop(): Promise<void> {
    this.#hasEnded = true;
    this.#process.stdin?.end();
    this.#output.resume(); // what it still says must not keep it
    this.#signalGroup('SIGTERM');
    const timer = setTimeout(() => this.#signalGroup('SIGKILL'), graceMs);
    await this.#exited;
    clearTimeout(timer);
    this.#clear();
  }

  #spawn({ command, environment, cwd }: ChildCommand): ChildProcess {
    const [program = '', ...args] = command;
    const env = { ...process.env, ...environment, [childMarker]: this.#marker };
    const { childEnd } = this.#output;
    try {
      return spawn(program, args, { cwd, detached: true, env, stdio: ['pipe', childEnd, 'pipe'] });
    } catch (error) {
      this.#output.destroy();
      throw error;
    } finally {
      closeSync(childEnd);
    }
  }

  #listen(what: string): void {
    const { stdin, stderr } = this.#process;
    this.#process.on('error', (error) => this.#end(`cannot start ${what}: ${error.message}`));
    this.#process.once('exit', (code, signal) => {
      const how = signal === null ? `exit code ${code}` : signal;
      this.#endSoon(`ended with ${how}`);
    });
    stdin?.on('error', () => this.#endSoon('closed its input'));
    this.#output.onClosed(() => this.#endSoon('closed its output'));
    stderr?.on('error', () => {});
    stderr?.on('data', (chunk: Buffer) => this.#stderr.push(chunk));
  }

  #read(chunk: Buffer): void {
    if (this.#hasEnded) return;
    this.#listener.onHeard();
    this.#handle(chunk);
    if (!this.#hasEnded && this.#listener.isBusy()) this.#rest();
  }

  /** Many messages that are read together cost us and the child little more than one. */
  #rest(): void {
    this.#rests = true;
    this.#output.pause();
    setTimeout(() => {
      this.#rests = false;
      this.#readOn();
    }, restMs);
  }

  #readOn(): void {
    if (!this.#rests && !this.#isPaused && !this.#hasEnded) this.#output.resume();
  }

  #handle(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (this.#hasEnded) return;
        this.#listener.onFrame(frame);
      }
    } catch (error) {
      this.kill(`sent ${error instanceof Error ? error.message : error}`);
    }
  }

  #flush(): void {
    const parts = this.#outgoing;
    this.#outgoing = [];
    this.#writes = null;
    if (this.#hasEnded || parts.length === 0) return;
    const { stdin } = this.#process;
    let waits = false;
    stdin?.write(joined(parts), () => {
      this.#unwritten -= parts.length;
      if (!this.#hasEnded) this.#listener.onTaken(waits);
    });
    waits = (stdin?.writableLength ?? 0) > 0;
  }

  /** The first reason counts, except that how it ended says more than which pipe noticed it. */
  #endSoon(reason: string): void {
    if (this.#hasEnded) return;
    const wait = this.#output.hasEnded && reason.startsWith('ended') ? 0 : drainMs;
    setTimeout(() => {
      const { exitCode, signalCode } = this.#process;
      const how = signalCode ?? (exitCode === null ? null : `exit code ${exitCode}`);
      this.#end(how === null ? reason : `ended with ${how}`);
    }, wait);
  }

  #end(reason: string): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#clear();
    const { unfinished } = this.#reader;
    const half = unfinished === '' ? '' : ` in the middle of a message: ${unfinished}`;
    this.#listener.onEnd(`${reason}${half}${this.#stderr.lastWords}`);
  }

  /** Whatever the child has started and left behind. */
  #clear(): void {
    this.#signalGroup('SIGKILL');
    killByEnvironment(childMarker, this.#marker);
    this.#stderr.end();
    this.#process.stdin?.destroy();
    this.#process.stderr?.destroy();
    this.#output.destroy();
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // nobody is left in the group
    }
  }
}

const writers: Readonly<Record<Urgency, (flush: () => void) => void>> = {
  now: (flush) => process.nextTick(flush),
  soon: (flush) => setImmediate(flush),
  later: (flush) => setTimeout(flush, gatherMs),
};

/** All are text or all are bytes, as their serializer makes them. */
function joined(parts: readonly Part[]): Part {
  if (typeof parts[0] === 'string') return parts.join('');
  return Buffer.concat(parts as readonly Uint8Array[]);
}
