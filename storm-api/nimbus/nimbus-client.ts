import {
  AlreadyAliveError,
  AuthorizationError,
  InvalidTopologyError,
  NotAliveError,
} from '../errors.ts';
import { type DeclaredFailure, FramedClient } from '../thrift/framed-client.ts';
import { nimbusMethods } from '../thrift/nimbus-service.ts';
import type { ArgumentsOf, ReturnedBy } from '../thrift/service.ts';

type Nimbus = typeof nimbusMethods;

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
  readonly #client: FramedClient<Nimbus>;

  private constructor(client: FramedClient<Nimbus>) {
    this.#client = client;
  }

  /** @throws the system's error, such as ECONNREFUSED */
  static async connect(options: NimbusClientOptions): Promise<NimbusClient> {
    const service = { methods: nimbusMethods, serviceName: 'Nimbus', toError };
    return new NimbusClient(await FramedClient.connect({ ...options, ...service }));
  }

  /**
   * @throws NotAliveError and our other counterparts of Storm's exceptions; ThriftApplicationError;
   *     ThriftFormatError; the system's error when the connection breaks
   */
  call<Name extends keyof Nimbus & string>(
    method: Name,
    args: ArgumentsOf<Nimbus[Name]>,
  ): Promise<ReturnedBy<Nimbus[Name]>> {
    return this.#client.call(method, args);
  }

  close(): void {
    this.#client.close();
  }
}

function toError({ exception, message }: DeclaredFailure): Error {
  const ErrorClass = errorsByException[exception] ?? Error;
  return new ErrorClass(message);
}
