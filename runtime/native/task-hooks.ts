import type {
  BoltAckInfo,
  BoltExecuteInfo,
  BoltFailInfo,
  EmitInfo,
  SpoutAckInfo,
  SpoutFailInfo,
  TaskHook,
  TopologyContext,
} from '../../storm-api/builder/index.ts';

/** The hooks of one task, in the order they were added. */
export class TaskHooks {
  readonly #hooks: TaskHook[] = [];

  /** So that nothing is made for hooks that are not there. */
  get none(): boolean {
    return this.#hooks.length === 0;
  }

  add(hook: TaskHook, context: TopologyContext): void {
    hook.prepare?.(context);
    this.#hooks.push(hook);
  }

  emit(info: EmitInfo): void {
    for (const hook of this.#hooks) hook.emit?.(info);
  }

  spoutAck(info: SpoutAckInfo): void {
    for (const hook of this.#hooks) hook.spoutAck?.(info);
  }

  spoutFail(info: SpoutFailInfo): void {
    for (const hook of this.#hooks) hook.spoutFail?.(info);
  }

  boltExecute(info: BoltExecuteInfo): void {
    for (const hook of this.#hooks) hook.boltExecute?.(info);
  }

  boltAck(info: BoltAckInfo): void {
    for (const hook of this.#hooks) hook.boltAck?.(info);
  }

  boltFail(info: BoltFailInfo): void {
    for (const hook of this.#hooks) hook.boltFail?.(info);
  }

  cleanup(): void {
    for (const hook of this.#hooks) hook.cleanup?.();
  }
}
