import type { FastifyReply } from 'fastify';
import { OpenAnswer } from './open-answer.ts';

/** A reader that is further behind than this misses what is only news of the moment. */
const waitingBytesMax = 512 * 1024;

/** Server-sent events to one reader. */
export class EventStream extends OpenAnswer {
  constructor(reply: FastifyReply, onClose: () => void) {
    super(reply, 'text/event-stream;charset=utf-8', onClose);
  }

  /** Sends one event; its data is JSON. */
  send(name: string, message: object): void {
    this.write(eventText(name, message));
  }

  /** The same for a text of `eventText`, left out while the reader is far behind. */
  sendNews(text: string): void {
    if (this.waitingBytes < waitingBytesMax) this.write(text);
  }
}

/** One event as it is sent. JSON has no line ends, which would end it. */
export function eventText(name: string, message: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(message)}\n\n`;
}
