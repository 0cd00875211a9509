import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TopologyContext } from '../storm-api/builder/index.ts';
import { multilangSerializer } from '../translator/index.ts';
import { jsonSerializer } from './json-serializer.ts';
import { logLevel, pidOf, type ShellMessage } from './message.ts';
import { msgpackSerializer } from './msgpack-serializer.ts';
import { readNumber } from './read-number.ts';
import type { Frame, Part, Serializer } from './serializer.ts';
import { ShellChild, type Urgency } from './shell-child.ts';
import type { ShellOptions } from './shell-options.ts';
import { runnableCommand } from './stand-in.ts';

const restartDelayMinMs = 100;
const restartDelayMaxMs = 30_000;
/** A child that lived so long begins with the shortest delay again. */
const steadyAfterMs = 60_000;
const checkEveryMs = 1_000;
/** Of a command that is shown with an error. */
const commandCharactersMax = 1_000;
const startTimeoutSecsDefault = 120;

/** The task that a child works for. */
export interface ChildOwner {
  /** A new child has answered the handshake. */
  onReady(): void;
  /** Throwing ends the child, with the error as the reason. */
  onMessage(message: ShellMessage): void;
  /** The child's pipe took what was written to it. @param hadWaited until the child made room there */
  onTaken(hadWaited: boolean): void;
  /** The child has said something, whatever it is and will be. */
  onHeard(): void;
  /** It has so much to do, and awaits nothing, that it does not miss what comes a moment later. */
  readonly isBusy: boolean;
  /** The child is gone: nothing it had can be finished. */
  onLost(): void;
  /** About every second while the child is there. */
  onCheck(): void;
  reportError(error: Error): void;
}

/** A child died, or did what no child may do. */
export class ShellProcessError extends Error {
  override readonly name = 'ShellProcessError';

  constructor(message: string) {
    super(message);
    // where we noticed it says nothing about the child
    this.stack = `${this.name}: ${message}`;
  }
}

/** Keeps one child of a task alive: starts it, shakes hands, and begins anew when it ends. */
export class ChildKeeper {
  readonly serializer: Serializer;
  readonly #options: ShellOptions;
  readonly #context: TopologyContext;
  readonly #owner: ChildOwner;
  #child: ShellChild | null = null;
  #isReady = false;
  #isClosed = false;
  #life = 0;
  #startedMs = 0;
  #restartDelayMs = restartDelayMinMs;

  constructor(options: ShellOptions, context: TopologyContext, owner: ChildOwner) {
    this.#options = options;
    this.#context = context;
    this.#owner = owner;
    this.serializer = serializerOf(context);
  }

  /** Whether there is a child that has answered the handshake. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Counts the children of this task. */
  get life(): number {
    return this.#life;
  }

  /** Messages that the child's pipe has not taken. */
  get unwritten(): number {
    return this.#child?.unwritten ?? 0;
  }

  start(): void {
    if (this.#isClosed) return;
    const { pidDir, describe, clock } = this.#options;
    this.#life += 1;
    this.#startedMs = clock.now();
    const child = this.#spawn();
    if (child === null) return;
    this.#child = child;
    child.write(this.serializer.handshake({ ...describe(this.#context), pidDir }), 'now');
    this.#checkLater(this.#life);
  }

  /** null when the system refuses it on the spot: too long a command, no memory for a process. */
  #spawn(): ShellChild | null {
    const { environment, cwd, pidDir } = this.#options;
    const command = { command: this.#command(), environment, cwd, scratchDir: pidDir };
    const owner = this.#owner;
    const listener = {
      onFrame: (frame: Frame) => this.#onFrame(frame),
      onTaken: (hadWaited: boolean) => owner.onTaken(hadWaited),
      onHeard: () => owner.onHeard(),
      isBusy: () => owner.isBusy,
      onErrorLine: (line: string) => this.#options.log.info(this.#facts(), line),
      onEnd: (reason: string) => this.#onEnd(reason),
    };
    try {
      return new ShellChild(command, this.serializer.newReader(), listener);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      setImmediate(() => this.#onEnd(`cannot start: ${reason} (in ${cwd})`));
      return null;
    }
  }

  /** What was submitted, or what stands in for a Python that is not there. */
  #command(): readonly string[] {
    const { command, environment } = this.#options;
    if (this.#context.config.get('gearstorm.multilang.modernize') === false) return command;
    const runnable = runnableCommand(command, environment['PATH'] ?? process.env['PATH']);
    if (runnable !== command && runnable[0] !== command[0]) {
      this.tell(logLevel.info, `${command[0]} does not run here: ${runnable[0]} stands in for it`);
    }
    return runnable;
  }

  write(part: Part, urgency: Urgency): void {
    this.#child?.write(part, urgency);
  }

  pause(paused: boolean): void {
    this.#child?.pause(paused);
  }

  /** Ends the child; another takes its place after a while. */
  end(reason: string): void {
    this.#child?.kill(reason);
  }

  /** Ends the child for good; resolves when it is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isReady = false;
    const child = this.#child;
    this.#child = null;
    await child?.stop();
    await this.#removePidFile(child);
  }

  /** Log messages and errors of a child are the same for spouts and bolts. */
  tell(level: number, text: string): void {
    const { log } = this.#options;
    if (level >= logLevel.error) log.error(this.#facts(), text);
    else if (level >= logLevel.warn) log.warn(this.#facts(), text);
    else if (level >= logLevel.info) log.info(this.#facts(), text);
    else if (level >= logLevel.debug) log.debug(this.#facts(), text);
    else log.trace(this.#facts(), text);
  }

  #facts(): object {
    const { componentId: component, taskId: task } = this.#context;
    return { component, task, pid: this.#child?.pid ?? null };
  }

  #onFrame(frame: Frame): void {
    if (!this.#isReady) {
      const isAnswer = pidOf(this.serializer.parse(frame)) !== null;
      this.#isReady = true;
      this.tell(logLevel.info, `the subprocess is there: ${this.#options.command.join(' ')}`);
      this.#owner.onReady();
      // A child that goes without the answer has said something else.
      if (isAnswer) return;
    }
    this.#owner.onMessage(this.serializer.read(frame));
  }

  #onEnd(reason: string): void {
    if (this.#isClosed) return;
    const { clock, command, onEnded } = this.#options;
    const { componentId, taskId } = this.#context;
    const child = this.#child;
    this.#child = null;
    this.#isReady = false;
    const words = command.join(' ').slice(0, commandCharactersMax);
    const who = `the subprocess ${words} of ${componentId} (task ${taskId}, pid ${child?.pid ?? 'none'})`;
    this.#owner.onLost();
    this.#owner.reportError(new ShellProcessError(`${who} ${reason}`));
    onEnded(componentId, taskId);
    void this.#removePidFile(child);
    if (clock.now() - this.#startedMs > steadyAfterMs) this.#restartDelayMs = restartDelayMinMs;
    clock.after(this.#restartDelayMs, () => this.start());
    this.#restartDelayMs = Math.min(this.#restartDelayMs * 2, restartDelayMaxMs);
  }

  #checkLater(life: number): void {
    this.#options.clock.after(checkEveryMs, () => {
      if (life !== this.#life || this.#child === null) return;
      if (this.#isReady) this.#owner.onCheck();
      else this.#checkStart();
      this.#checkLater(life);
    });
  }

  #checkStart(): void {
    const { config } = this.#context;
    const limitSecs =
      readNumber(config, 'supervisor.worker.start.timeout.secs') ?? startTimeoutSecsDefault;
    const tookMs = this.#options.clock.now() - this.#startedMs;
    if (tookMs > limitSecs * 1000) this.end(`did not answer the handshake within ${limitSecs} s`);
  }

  async #removePidFile(child: ShellChild | null): Promise<void> {
    const pid = child?.pid ?? null;
    if (pid !== null) await rm(join(this.#options.pidDir, String(pid)), { force: true });
  }
}

/** @throws TypeError for a Java class that we do not know; its component belongs into Java */
function serializerOf({ config }: TopologyContext): Serializer {
  const name = config.get('topology.multilang.serializer');
  const kind = multilangSerializer(name);
  if (kind === null) throw new TypeError(`no serializer ${name} here: it is a Java class`);
  return kind === 'json' ? jsonSerializer : msgpackSerializer;
}
