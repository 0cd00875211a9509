import type {
  DrpcRequest,
  DrpcRequests,
  DrpcServerAddress,
  StormId,
  TakerSignals,
} from '../storm-api/index.ts';
import type { DrpcAccess } from './access.ts';
import type { DrpcService } from './drpc-service.ts';

/** DRPC for workers that control speaks with, so that it knows whose they are. */
export class WorkerRequests implements DrpcRequests {
  readonly server: DrpcServerAddress | null;
  readonly #service: DrpcService;
  readonly #access: DrpcAccess;

  constructor(service: DrpcService, access: DrpcAccess, server: DrpcServerAddress | null = null) {
    this.server = server;
    this.#service = service;
    this.#access = access;
  }

  async take(
    id: StormId,
    name: string,
    { gone, withdrawn }: TakerSignals,
  ): Promise<DrpcRequest | null> {
    await this.#access.checkWorker(name, id, this.#service.servedBy(name));
    return this.#service.take(id, name, gone, withdrawn);
  }

  giveBack(id: StormId, { id: requestId, args }: DrpcRequest): void {
    if (this.#mayAnswer(id, requestId)) this.#service.giveBack(requestId, args);
  }

  result(id: StormId, requestId: string, result: string): void {
    if (this.#mayAnswer(id, requestId)) this.#service.result(requestId, result);
  }

  fail(id: StormId, requestId: string, reason: string | null): void {
    if (this.#mayAnswer(id, requestId)) this.#service.fail(requestId, reason ?? undefined);
  }

  /** Also when nobody serves the function any more, as of a topology that was removed meanwhile. */
  #mayAnswer(id: StormId, requestId: string): boolean {
    const name = this.#service.functionOf(requestId);
    if (name === null) return false;
    const topologies = this.#service.servedBy(name);
    return topologies.length === 0 || topologies.includes(id);
  }
}
