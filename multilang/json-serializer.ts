import { BadMessageError, FrameScanner } from './frame-scanner.ts';
import { readJson } from './json-reader.ts';
import { jsonText } from './json-text.ts';
import { readKnown } from './known-spellings.ts';
import type { Frame, Serializer } from './serializer.ts';

const end = '\nend\n';
const quotedCharsMax = 200;

/** Storm's own: one JSON text a message, and a line `end` behind it. */
export const jsonSerializer: Serializer = {
  newReader: () => new FrameScanner(),
  parse,
  handshake: ({ conf, context, pidDir }) =>
    `{"pidDir":${JSON.stringify(pidDir)},"conf":${conf},"context":${context}}${end}`,
  tuple: ({ id, component, stream, task, values }) =>
    `{"id":"${id}","comp":${JSON.stringify(component)},"stream":${JSON.stringify(stream)},"task":${task},"tuple":${jsonText(values)}}${end}`,
  command: (command, id) => `{"command":"${command}","id":${jsonText(id)}}${end}`,
  taskIds: (tasks) => `[${tasks.join(',')}]${end}`,
};

function parse(frame: Frame): unknown {
  const text = String(frame);
  try {
    return known(text) ?? readJson(text);
  } catch {
    throw new BadMessageError(`what is no JSON: ${JSON.stringify(text.slice(0, quotedCharsMax))}`);
  }
}

/** null when all of the text has to be read. */
function known(text: string): object | null {
  try {
    return readKnown(text);
  } catch {
    return null;
  }
}
