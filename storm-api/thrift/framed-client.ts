import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { ThriftFormatError } from './errors.ts';
import { ByteBudget, FrameAssembler } from './frame-assembler.ts';
import { readReply, writeCall } from './messages.ts';
import type { ValueOf } from './schema.ts';
import type { ArgumentsOf, Method, Methods, ReturnedBy } from './service.ts';

const replyBytesMax = 256 * 1024 * 1024;

/** What a service answered instead of a value: the name of its exception and the sentence in it. */
export interface DeclaredFailure {
  readonly exception: string;
  readonly message: string;
}

export interface FramedClientOptions<All extends Methods> {
  readonly methods: All;
  readonly host: string;
  readonly port: number;
  /** For connecting, and for each answer; 0 waits for ever. */
  readonly timeoutMs: number;
  /** What errors call the other side, such as `Nimbus`. */
  readonly serviceName: string;
  readonly toError: (failure: DeclaredFailure) => Error;
}

/** One connection to a Thrift service of framed messages; make calls one after the other. */
export class FramedClient<All extends Methods> {
  readonly #options: FramedClientOptions<All>;
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #frames = new FrameAssembler(
    { frameBytesMax: replyBytesMax, freeBytes: replyBytesMax },
    new ByteBudget(replyBytesMax),
  );
  #sequence = 0;

  private constructor(options: FramedClientOptions<All>, socket: Socket) {
    this.#options = options;
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** @throws the system's error, such as ECONNREFUSED */
  static async connect<All extends Methods>(
    options: FramedClientOptions<All>,
  ): Promise<FramedClient<All>> {
    const { host, port, timeoutMs, serviceName } = options;
    const socket = connect({ host, port, noDelay: true });
    socket.setTimeout(timeoutMs, () => {
      socket.destroy(
        new Error(`${serviceName} at ${host}:${port} has not answered for ${timeoutMs} ms`),
      );
    });
    await once(socket, 'connect');
    // Between two calls nobody listens; the next call reports it.
    socket.on('error', () => undefined);
    return new FramedClient(options, socket);
  }

  /**
   * @throws what `toError` makes of a declared exception; ThriftApplicationError;
   *     ThriftFormatError; the system's error when the connection breaks
   */
  async call<Name extends keyof All & string>(
    method: Name,
    args: ArgumentsOf<All[Name]>,
  ): Promise<ReturnedBy<All[Name]>> {
    const declared = this.#options.methods[method] as Method;
    this.#sequence += 1;
    const call = { method, sequence: this.#sequence };
    this.#socket.write(writeCall(call, declared.args, args as ValueOf<Method['args']>));
    const reply = readReply(await this.#nextFrame(), call, declared.result);
    return this.#successOf(declared, reply) as ReturnedBy<All[Name]>;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #nextFrame(): Promise<Buffer> {
    for (;;) {
      const frame = this.#frames.next();
      if (frame !== null) return frame;
      const { done, value } = await this.#chunks.next();
      if (done) {
        const { serviceName } = this.#options;
        throw new ThriftFormatError(`${serviceName} closed the connection without an answer`);
      }
      this.#frames.push(value);
    }
  }

  #successOf(method: Method, reply: Readonly<Record<string, unknown>>): unknown {
    const { serviceName, toError } = this.#options;
    for (const [name, { type }] of Object.entries(method.throws)) {
      const exception = reply[name] as { readonly msg: string } | undefined;
      if (exception !== undefined) throw toError({ exception: type.name, message: exception.msg });
    }
    const { success } = reply;
    if (success === undefined && method.returns !== 'void') {
      throw new ThriftFormatError(`${serviceName} answered without a value`);
    }
    return success;
  }
}
