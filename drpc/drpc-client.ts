import { type DeclaredFailure, drpcMethods, FramedClient } from '../storm-api/thrift/index.ts';
import { DrpcError } from './errors.ts';

/** One connection of a caller, to our DRPC server or to Storm's; make calls one after the other. */
export class DrpcClient {
  readonly #client: FramedClient<typeof drpcMethods>;

  private constructor(client: FramedClient<typeof drpcMethods>) {
    this.#client = client;
  }

  /** @throws the system's error, such as ECONNREFUSED */
  static async connect(address: {
    readonly host: string;
    readonly port: number;
  }): Promise<DrpcClient> {
    const service = { methods: drpcMethods, serviceName: 'the DRPC server', toError };
    return new DrpcClient(await FramedClient.connect({ ...address, ...service, timeoutMs: 0 }));
  }

  /** Waits for as long as the server does. @throws DrpcError; what FramedClient's call throws */
  execute(functionName: string, funcArgs: string): Promise<string> {
    return this.#client.call('execute', { functionName, funcArgs });
  }

  close(): void {
    this.#client.close();
  }
}

function toError({ message }: DeclaredFailure): DrpcError {
  return new DrpcError('failed', message);
}
