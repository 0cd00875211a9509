import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 100;

/**
 * Asks again and again until the answer is neither false, null nor undefined, and returns it.
 * @throws Error that names `what` after the time is over
 */
export async function waitFor<Answer>(
  what: string,
  timeoutMs: number,
  ask: () => Promise<Answer | false | null | undefined>,
): Promise<Answer> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (performance.now() > endMs) throw new Error(`gave up waiting: ${what}`);
    await sleep(pollMs);
  }
}
