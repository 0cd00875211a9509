import { useEffect, useState } from 'preact/hooks';
import { getJson, sentenceOf } from './api.ts';

/** Both are null until the server has answered; the last answer stays when a later one fails. */
export interface Asked<Answer> {
  readonly answer: Answer | null;
  readonly problem: string | null;
}

/**
 * What the server says at a path, asked for anew when the path changes.
 * @param everyMs and so often; left out: once
 */
export function useAnswer<Answer>(path: string, everyMs?: number): Asked<Answer> {
  const [asked, setAsked] = useState<Asked<Answer>>({ answer: null, problem: null });
  useEffect(() => {
    let isWanted = true;
    let timer: number | undefined;
    const ask = async () => {
      try {
        const answer = await getJson<Answer>(path);
        if (isWanted) setAsked({ answer, problem: null });
      } catch (error) {
        if (isWanted) setAsked(({ answer }) => ({ answer, problem: sentenceOf(error) }));
      }
      if (isWanted && everyMs !== undefined) timer = window.setTimeout(() => void ask(), everyMs);
    };
    void ask();
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [path, everyMs]);
  return asked;
}
