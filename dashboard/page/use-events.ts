import { useEffect, useRef, useState } from 'preact/hooks';
import { whileVisible } from './while-visible.ts';

export type Connection = 'connecting' | 'open' | 'lost' | 'gone';

const tryAgainMs = 2000;

/**
 * Follows the server's events at a path, again after it was lost; `gone` when the server said that there is nothing more.
 * @param handlers by event name; what comes is JSON
 */
export function useEvents(
  path: string | null,
  handlers: Readonly<Record<string, (message: never) => void>>,
): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (path === null) return;
    return whileVisible(() => {
      const names = Object.keys(latest.current);
      const follower = new Follower(path, names, setConnection, (name, data) =>
        latest.current[name]?.(data as never),
      );
      return () => follower.close();
    });
  }, [path]);
  return connection;
}

/** One event source after another, until it is closed. */
class Follower {
  readonly #path: string;
  readonly #names: readonly string[];
  readonly #tell: (connection: Connection) => void;
  readonly #handle: (name: string, data: unknown) => void;
  #source: EventSource | null = null;
  #timer: number | undefined;

  constructor(
    path: string,
    names: readonly string[],
    tell: (connection: Connection) => void,
    handle: (name: string, data: unknown) => void,
  ) {
    this.#path = path;
    this.#names = names;
    this.#tell = tell;
    this.#handle = handle;
    tell('connecting');
    this.#open();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#source?.close();
  }

  #open(): void {
    const source = new EventSource(this.#path);
    this.#source = source;
    source.onopen = () => this.#tell('open');
    source.onerror = () => this.#onLost(source);
    for (const name of this.#names) {
      source.addEventListener(name, (event) => this.#handle(name, JSON.parse(event.data)));
    }
    source.addEventListener('gone', () => {
      this.close();
      this.#tell('gone');
    });
  }

  /** A browser gives up for good after some answers: then we begin anew. */
  #onLost(source: EventSource): void {
    this.#tell('lost');
    source.close();
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#open(), tryAgainMs);
  }
}
