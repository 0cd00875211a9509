import type { ShellMessage } from './message.ts';

/** What a child is told when it starts, both as JSON. */
export interface Handshake {
  /** The component's configuration. */
  readonly conf: string;
  /** What the task may know of the topology. */
  readonly context: string;
  /** Where the child may leave an empty file named by its process id. */
  readonly pidDir: string;
}

/** A tuple on its way to a child. */
export interface ShellTuple {
  /** A text on the wire. */
  readonly id: number;
  /** null for a heartbeat, which comes from no component. */
  readonly component: string | null;
  readonly stream: string;
  readonly task: number;
  readonly values: readonly unknown[];
}

/** Bytes or text, ready to be written. */
export type Part = string | Uint8Array;

/** A message as it was cut from a child's output; only its serializer knows what it is. */
export type Frame = unknown;

export interface FrameReader {
  /**
   * Messages that end in this chunk, in order. The chunk's memory is overwritten after the call.
   * @throws BadMessageError when what came can be no message
   */
  push(chunk: Buffer): readonly Frame[];
  /** The beginning of a message that has not ended, for whoever wants to see it. */
  readonly unfinished: string;
}

/** How messages look on a child's pipes (Storm's ISerializer). */
export interface Serializer {
  newReader(): FrameReader;
  /** The value that it stands for. @throws BadMessageError when it stands for none */
  parse(frame: Frame): unknown;
  /** What a child says after the handshake. @throws BadMessageError when it is no message */
  read(frame: Frame): ShellMessage;
  handshake(handshake: Handshake): Part;
  /** @throws NotJsonError when a value has no form there */
  tuple(tuple: ShellTuple): Part;
  /** One of `next`, `ack` and `fail`. */
  command(command: string, id: unknown): Part;
  taskIds(tasks: readonly number[]): Part;
}
