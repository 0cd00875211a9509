import { request } from 'node:http';

interface Target {
  readonly port: number;
  readonly path: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks as a browser could not: with any Host and Origin. */
export function getFrom(
  target: Target & { readonly headers: Record<string, string> },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', ...target }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.on('error', reject).end();
  });
}

/** Lines of an endless answer; `take` resolves with the next one. */
export async function openLines(target: Target) {
  const lines = await new Promise<AsyncIterator<string>>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', ...target }, (answer) => {
      resolve(linesOf(answer.setEncoding('utf8')));
    });
    asked.on('error', reject).end();
  });
  return {
    take: async () => JSON.parse((await lines.next()).value),
    close: () => lines.return?.(),
  };
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
