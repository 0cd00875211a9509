import { useEffect, useRef, useState } from 'preact/hooks';
import { readLines, sentenceOf, wasRefused } from './api.ts';
import { whileVisible } from './while-visible.ts';

const tryAgainMs = 2000;

interface Handlers<Line> {
  /** Gets what comes; `isFirst` with what comes first of each connection. */
  readonly take: (batch: readonly Line[], isFirst: boolean) => void;
  /** Gets why nothing comes, as a sentence; null while something may. */
  readonly tell: (problem: string | null) => void;
}

/**
 * Follows the lines at a path, again after they ended or were lost, until the server refuses them.
 * @param path null: not now
 * @returns why nothing comes, as a sentence; null while something may
 */
export function useLines<Line extends { readonly end?: string }>(
  path: string | null,
  take: Handlers<Line>['take'],
): string | null {
  const [problem, tell] = useState<string | null>(null);
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (path === null) return;
    const handlers: Handlers<Line> = { take: (...come) => latest.current(...come), tell };
    return whileVisible(() => follow(path, handlers));
  }, [path]);
  return problem;
}

/** @returns what ends it */
function follow<Line extends { readonly end?: string }>(
  path: string,
  { take, tell }: Handlers<Line>,
): () => void {
  const over = new AbortController();
  let timer: number | undefined;
  const read = async () => {
    let isFirst = true;
    for await (const batch of readLines<Line>(path, over.signal)) {
      if (over.signal.aborted) return;
      take(batch, isFirst);
      isFirst = false;
      tell(batch.find(({ end }) => end !== undefined)?.end ?? null);
    }
  };
  const go = async () => {
    try {
      await read();
    } catch (error) {
      if (over.signal.aborted) return;
      tell(sentenceOf(error));
      if (wasRefused(error)) return;
    }
    if (!over.signal.aborted) timer = window.setTimeout(() => void go(), tryAgainMs);
  };
  void go();
  return () => {
    over.abort();
    clearTimeout(timer);
  };
}
