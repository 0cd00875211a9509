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
  const answer = await ask(host, port, path);
  try {
    if (answer.statusCode !== 200) throw new CommandError(await refusal(answer));
    for await (const line of createInterface({ input: answer })) yield JSON.parse(line);
  } finally {
    answer.destroy();
  }
}

function ask(host: string, port: number, path: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request({ host, port, path }, resolve);
    asked.on('error', (error) =>
      reject(
        new CommandError(
          `no gearstorm answers at ${host}:${port} (${error.message}): is "gearstorm serve" running, and is ui.port right?`,
        ),
      ),
    );
    asked.end();
  });
}

async function refusal(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  try {
    return String(JSON.parse(Buffer.concat(chunks).toString()).errorMessage);
  } catch {
    return `the server at this address answers ${answer.statusCode}, it is not gearstorm`;
  }
}
