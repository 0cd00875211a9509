import type { WorkerFrame } from '../../wire/index.ts';
import type { ControlConnection } from './control-connection.ts';

const framesMax = 1024;
/** What control does not take beyond this waits here, where it is bounded. */
const unsentBytesMax = 1024 * 1024;

/**
 * Frames that wait for control. Executors put them in and go on: when control does not take them,
 * the oldest make room for the newest.
 */
export class Outbox {
  readonly #connection: ControlConnection;
  #frames: WorkerFrame[] = [];

  constructor(connection: ControlConnection) {
    this.#connection = connection;
  }

  put(frame: WorkerFrame): void {
    this.#frames.push(frame);
    if (this.#frames.length > framesMax) this.#frames.shift();
    this.send();
  }

  /** Sends what control can take now. */
  send(): void {
    let sent = 0;
    for (const frame of this.#frames) {
      if (this.#connection.unsentBytes > unsentBytesMax || !this.#connection.send(frame)) break;
      sent += 1;
    }
    this.#frames = this.#frames.slice(sent);
  }
}
