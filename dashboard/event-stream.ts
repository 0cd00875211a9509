import type { FastifyReply } from 'fastify';

/** A reader that is further behind than this misses what is only news of the moment. */
const waitingBytesMax = 512 * 1024;

/** Server-sent events to one reader. `onClose` is called once, whoever ends it. */
export class EventStream {
  readonly #reply: FastifyReply;
  #open = true;

  constructor(reply: FastifyReply, onClose: () => void) {
    this.#reply = reply;
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('content-type', 'text/event-stream;charset=utf-8');
    reply.raw.on('error', () => reply.raw.destroy());
    reply.raw.on('close', () => {
      if (this.#open) onClose();
      this.#open = false;
    });
    reply.raw.flushHeaders();
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends one event; its data is JSON. */
  send(name: string, message: object): void {
    this.#write(eventText(name, message));
  }

  /** The same for a text of `eventText`, left out while the reader is far behind. */
  sendNews(text: string): void {
    if (this.#reply.raw.writableLength < waitingBytesMax) this.#write(text);
  }

  end(): void {
    if (this.#open) this.#reply.raw.end();
  }

  #write(text: string): void {
    if (this.#open) this.#reply.raw.write(text);
  }
}

/** One event as it is sent. JSON has no line ends, which would end it. */
export function eventText(name: string, message: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(message)}\n\n`;
}
