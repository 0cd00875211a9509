/** What a child says is no message of the protocol. */
export class BadMessageError extends Error {
  override readonly name = 'BadMessageError';
}

/** One thing that a child says after the handshake. */
export type ShellMessage =
  | EmitMessage
  | { readonly command: 'ack' | 'fail'; readonly id: unknown }
  | { readonly command: 'sync' }
  | TalkMessage
  /** One that later versions of the protocol may have; `name` is what the child called it. */
  | { readonly command: 'unknown'; readonly name: string };

/** What belongs to no tuple. */
export type TalkMessage =
  | { readonly command: 'log'; readonly text: string; readonly level: number }
  | { readonly command: 'error'; readonly text: string }
  | { readonly command: 'metrics'; readonly name: string; readonly params: unknown };

export interface EmitMessage {
  readonly command: 'emit';
  readonly tuple: readonly unknown[];
  readonly stream: string;
  /** 0 for every emit that is not direct. */
  readonly task: number;
  /** Ids of the input tuples that the new one belongs to. */
  readonly anchors: readonly (string | number)[];
  /** A spout's message id; null for a tuple that nobody tracks. */
  readonly id: unknown;
  readonly needTaskIds: boolean;
}

/** The task of a direct emit; undefined for any other. */
export function directTask({ task }: EmitMessage): number | undefined {
  return task === 0 ? undefined : task;
}

/** Levels of a child's log messages, in Storm's numbers. */
export const logLevel = { debug: 1, info: 2, warn: 3, error: 4 } as const;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Understands a message as Storm's readers do: what is left out has Storm's default, what has
 * another type than it must have is no message.
 * @throws BadMessageError
 */
export function readMessage(value: unknown): ShellMessage {
  const fields = fieldsOf(value);
  const command = fields['command'];
  switch (command) {
    case 'emit':
      return emitOf(fields);
    case 'ack':
    case 'fail':
      return { command, id: fields['id'] };
    case 'sync':
      return { command };
    case 'log':
      return { command, text: textOf(fields, 'msg'), level: levelOf(fields['level']) };
    case 'error':
      return { command, text: textOf(fields, 'msg') };
    case 'metrics':
      return { command, name: textOf(fields, 'name'), params: fields['params'] ?? null };
    default:
      if (typeof command !== 'string') throw new BadMessageError('a message without a command');
      return { command: 'unknown', name: command };
  }
}

/** The process id in a child's answer to the handshake; null when the message is another. */
export function pidOf(value: unknown): number | null {
  const { pid } = fieldsOf(value);
  return typeof pid === 'number' ? pid : null;
}

function fieldsOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new BadMessageError('a message that is no object');
}

function emitOf(fields: Fields): EmitMessage {
  const { tuple, stream, task, need_task_ids: needTaskIds, id } = fields;
  if (!Array.isArray(tuple)) throw new BadMessageError('an emit whose tuple is no list');
  return {
    command: 'emit',
    tuple,
    stream: stream === undefined || stream === null ? 'default' : textOf(fields, 'stream'),
    task: task === undefined || task === null ? 0 : taskOf(task),
    anchors: anchorsOf(fields['anchors']),
    id: id ?? null,
    needTaskIds: needTaskIds !== false,
  };
}

function taskOf(task: unknown): number {
  if (typeof task === 'number' && Number.isSafeInteger(task)) return task;
  throw new BadMessageError('an emit whose task is no whole number');
}

function anchorsOf(anchors: unknown): EmitMessage['anchors'] {
  if (anchors === undefined || anchors === null) return [];
  if (typeof anchors === 'string') return [anchors];
  if (Array.isArray(anchors) && anchors.every((each) => typeof each === 'string')) return anchors;
  throw new BadMessageError('an emit whose anchors are no ids');
}

function levelOf(level: unknown): number {
  return typeof level === 'number' ? level : logLevel.info;
}

/** A log line may be anything that prints; Storm's own children send strings. */
function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : String(value ?? '');
}
