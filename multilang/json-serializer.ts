import { FrameScanner } from './frame-scanner.ts';
import { readJson } from './json-reader.ts';
import { jsonText } from './json-text.ts';
import { BadMessageError, readMessage, type ShellMessage } from './message.ts';
import type { Frame, Serializer } from './serializer.ts';

const end = '\nend\n';
const next = `{"command":"next","id":""}${end}`;
const quotedCharsMax = 200;

/** Storm's own: one JSON text a message, and a line `end` behind it. */
export const jsonSerializer: Serializer = {
  newReader: () => new FrameScanner(),
  parse,
  read: (frame) =>
    typeof frame === 'string' ? readMessage(parse(frame)) : (frame as ShellMessage),
  handshake: ({ conf, context, pidDir }) =>
    `{"pidDir":${JSON.stringify(pidDir)},"conf":${conf},"context":${context}}${end}`,
  tuple: ({ id, component, stream, task, values }) =>
    `{"id":"${id}","comp":${named(component)},"stream":${named(stream)},"task":${task},"tuple":${jsonText(values)}}${end}`,
  command: (command, id) =>
    command === 'next' ? next : `{"command":"${command}","id":${jsonText(id)}}${end}`,
  taskIds: (tasks) => `[${tasks.length === 1 ? tasks[0] : tasks.join(',')}]${end}`,
};

/** Components and streams, of which a topology has few, as JSON. */
const names = new Map<string | null, string>();

function named(name: string | null): string {
  let text = names.get(name);
  if (text === undefined) {
    text = JSON.stringify(name);
    names.set(name, text);
  }
  return text;
}

function parse(frame: Frame): unknown {
  if (typeof frame !== 'string') return frame;
  const text = frame;
  try {
    return readJson(text);
  } catch (error) {
    const quoted = JSON.stringify(text.slice(0, quotedCharsMax));
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadMessageError(
      `what is no JSON: ${quoted} (${reason}; its standard output is for messages alone)`,
    );
  }
}
