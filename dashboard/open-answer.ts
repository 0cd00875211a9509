import type { FastifyReply } from 'fastify';

/** An answer that goes on until its reader, or `end`, ends it. `onClose` is called once. */
export class OpenAnswer {
  readonly #reply: FastifyReply;
  #open = true;

  constructor(reply: FastifyReply, contentType: string, onClose: () => void) {
    this.#reply = reply;
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) {
      if (value !== undefined) reply.raw.setHeader(name, value);
    }
    reply.raw.setHeader('content-type', contentType);
    reply.raw.on('error', () => reply.raw.destroy());
    reply.raw.on('close', () => this.#close(onClose));
    if (reply.raw.destroyed) this.#close(onClose);
    reply.raw.flushHeaders();
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Bytes that the reader has not taken yet. */
  get waitingBytes(): number {
    return this.#reply.raw.writableLength;
  }

  write(text: string): void {
    if (this.#open) this.#reply.raw.write(text);
  }

  /** Resolves when the reader has taken what waits, or is gone. */
  async drained(): Promise<void> {
    if (!this.#open || !this.#reply.raw.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        this.#reply.raw.off('drain', done);
        this.#reply.raw.off('close', done);
        resolve();
      };
      this.#reply.raw.on('drain', done);
      this.#reply.raw.on('close', done);
    });
  }

  end(): void {
    if (this.#open) this.#reply.raw.end();
  }

  #close(onClose: () => void): void {
    if (this.#open) onClose();
    this.#open = false;
  }
}
