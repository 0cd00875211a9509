import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import {
  AlreadyAliveError,
  AuthorizationError,
  InvalidTopologyError,
  NotAliveError,
} from '../errors.ts';
import { ThriftFormatError } from '../thrift/errors.ts';
import { ByteBudget, FrameAssembler } from '../thrift/frame-assembler.ts';
import { readReply, writeCall } from '../thrift/messages.ts';
import { nimbusMethods } from '../thrift/nimbus-service.ts';
import type { ValueOf } from '../thrift/schema.ts';
import type { ArgumentsOf, Method, ReturnedBy } from '../thrift/service.ts';

type Nimbus = typeof nimbusMethods;

const replyBytesMax = 256 * 1024 * 1024;

const errorsByException: Readonly<Record<string, new (message: string) => Error>> = {
  AlreadyAliveException: AlreadyAliveError,
  AuthorizationException: AuthorizationError,
  InvalidTopologyException: InvalidTopologyError,
  NotAliveException: NotAliveError,
};

export interface NimbusClientOptions {
  readonly host: string;
  readonly port: number;
  /** For connecting, and for each answer. */
  readonly timeoutMs: number;
}

/** One connection to our Nimbus; make calls one after the other. */
export class NimbusClient {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #frames = new FrameAssembler(
    { frameBytesMax: replyBytesMax, freeBytes: replyBytesMax },
    new ByteBudget(replyBytesMax),
  );
  #sequence = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#chunks = socket[Symbol.asyncIterator]();
  }

  /** @throws the system's error, such as ECONNREFUSED */
  static async connect({ host, port, timeoutMs }: NimbusClientOptions): Promise<NimbusClient> {
    const socket = connect({ host, port, noDelay: true });
    socket.setTimeout(timeoutMs, () => {
      socket.destroy(new Error(`Nimbus at ${host}:${port} has not answered for ${timeoutMs} ms`));
    });
    await once(socket, 'connect');
    // Between two calls nobody listens; the next call reports it.
    socket.on('error', () => undefined);
    return new NimbusClient(socket);
  }

  /**
   * @throws NotAliveError and our other counterparts of Storm's exceptions; ThriftApplicationError;
   *     ThriftFormatError; the system's error when the connection breaks
   */
  async call<Name extends keyof Nimbus & string>(
    method: Name,
    args: ArgumentsOf<Nimbus[Name]>,
  ): Promise<ReturnedBy<Nimbus[Name]>> {
    const declared: Method = nimbusMethods[method];
    this.#sequence += 1;
    const call = { method, sequence: this.#sequence };
    this.#socket.write(writeCall(call, declared.args, args as ValueOf<Method['args']>));
    const reply = readReply(await this.#nextFrame(), call, declared.result);
    return successOf(declared, reply) as ReturnedBy<Nimbus[Name]>;
  }

  close(): void {
    this.#socket.destroy();
  }

  async #nextFrame(): Promise<Buffer> {
    for (;;) {
      const frame = this.#frames.next();
      if (frame !== null) return frame;
      const { done, value } = await this.#chunks.next();
      if (done) throw new ThriftFormatError('Nimbus closed the connection without an answer');
      this.#frames.push(value);
    }
  }
}

function successOf(method: Method, reply: Readonly<Record<string, unknown>>): unknown {
  for (const [name, { type }] of Object.entries(method.throws)) {
    const exception = reply[name] as { readonly msg: string } | undefined;
    if (exception === undefined) continue;
    const ErrorClass = errorsByException[type.name] ?? Error;
    throw new ErrorClass(exception.msg);
  }
  const { success } = reply;
  if (success === undefined && method.returns !== 'void') {
    throw new ThriftFormatError('Nimbus answered without a value');
  }
  return success;
}
