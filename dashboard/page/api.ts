/** What the server said instead of an answer; the message is for the user. */
class RequestFailed extends Error {
  override readonly name = 'RequestFailed';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** @throws RequestFailed */
export async function getJson<Answer>(path: string): Promise<Answer> {
  return await answerOf<Answer>(await ask(path, {}));
}

/** @throws RequestFailed */
export async function postJson<Answer>(path: string, body: object = {}): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  return await answerOf<Answer>(
    await ask(path, { method: 'POST', headers, body: JSON.stringify(body) }),
  );
}

/** @throws RequestFailed */
export async function postFile<Answer>(path: string, file: Blob): Promise<Answer> {
  const headers = { 'content-type': 'application/octet-stream' };
  return await answerOf<Answer>(await ask(path, { method: 'POST', headers, body: file }));
}

/** One JSON value per line, until it ends or the signal is given. @throws RequestFailed */
export async function* readLines<Line>(path: string, signal: AbortSignal): AsyncGenerator<Line[]> {
  const answer = await ask(path, { signal });
  if (!answer.ok || answer.body === null) throw await failureOf(answer);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await orLost(reader.read(), signal);
    if (done) return;
    const parts = (rest + value).split('\n');
    rest = parts.pop() ?? '';
    yield parts.map((part) => JSON.parse(part) as Line);
  }
}

/** The path of a topology's own answers. */
export function topologyPath(id: string, rest: string): string {
  return `/api/gearstorm/topology/${encodeURIComponent(id)}/${rest}`;
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  return await orLost(fetch(path, init), init.signal);
}

/** A browser's own words for a lost connection tell the user nothing. */
async function orLost<Answer>(asked: Promise<Answer>, signal?: AbortSignal | null) {
  try {
    return await asked;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestFailed(0, 'The server does not answer.');
  }
}

async function answerOf<Answer>(answer: Response): Promise<Answer> {
  if (!answer.ok) throw await failureOf(answer);
  return (await answer.json()) as Answer;
}

async function failureOf(answer: Response): Promise<RequestFailed> {
  const text = await answer.text();
  try {
    const { errorMessage } = JSON.parse(text) as { errorMessage?: string };
    return new RequestFailed(answer.status, errorMessage ?? `status ${answer.status}`);
  } catch {
    return new RequestFailed(answer.status, `The server answered with status ${answer.status}.`);
  }
}

/** Whether asking again would be answered with the same. */
export function wasRefused(error: unknown): boolean {
  return error instanceof RequestFailed && error.status >= 400 && error.status < 500;
}

/** The sentence of anything that was thrown. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
