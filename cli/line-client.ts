import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import { CommandError } from './errors.ts';

/** Where serve's page and REST paths are. */
export interface UiAddress {
  readonly host: string;
  readonly port: number;
}

/**
 * The lines of an answer that may go on for ever, each a JSON text; leaving the loop ends the request.
 * Global fetch would give up on a stream that is silent for minutes.
 *
 * @throws CommandError with the server's own sentence when it refuses
 */
export async function* readLines(
  { host, port }: UiAddress,
  path: string,
): AsyncGenerator<unknown, void, undefined> {
  const answer = await ask({ host, port }, path, 'ui.port');
  try {
    if (answer.statusCode !== 200) throw new CommandError(await refusal(answer));
    for await (const line of createInterface({ input: answer })) yield JSON.parse(line);
  } finally {
    answer.destroy();
  }
}

/**
 * A JSON answer of limited size.
 *
 * @param portKey the setting that says where, for the error
 * @throws CommandError with the server's own sentence when it refuses
 */
export async function readJson(at: UiAddress, path: string, portKey: string): Promise<unknown> {
  const answer = await ask(at, path, portKey);
  if (answer.statusCode !== 200) throw new CommandError(await refusal(answer));
  return JSON.parse(await textOf(answer));
}

function ask({ host, port }: UiAddress, path: string, portKey: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, path }, resolve);
    asked.on('error', (error) =>
      reject(
        new CommandError(
          `no gearstorm answers at ${host}:${port} (${error.message}): is "gearstorm serve" running, and is ${portKey} right?`,
        ),
      ),
    );
    asked.end();
  });
}

async function refusal(answer: IncomingMessage): Promise<string> {
  try {
    return String(JSON.parse(await textOf(answer)).errorMessage);
  } catch {
    return `the server at this address answers ${answer.statusCode}, it is not gearstorm`;
  }
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
