import type { FastifyReply } from 'fastify';
import { OpenAnswer } from './open-answer.ts';

/** An answer that goes on: one JSON text per line (NDJSON). */
export class LineStream extends OpenAnswer {
  constructor(reply: FastifyReply, onClose: () => void) {
    super(reply, 'application/x-ndjson;charset=utf-8', onClose);
  }

  writeLines(values: readonly unknown[]): void {
    if (values.length > 0) this.write(values.map((each) => `${JSON.stringify(each)}\n`).join(''));
  }
}
