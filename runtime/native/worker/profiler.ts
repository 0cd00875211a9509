import { type Profiler as Inspected, Session } from 'node:inspector';
import type { Clock } from '../../clock.ts';
import { sleep } from '../../clock.ts';
import type { SeenStack } from '../../wire/index.ts';

const sampleEveryUs = 1_000;
/** Not of anything that runs: the root, and when there was nothing to do or only the machine at work. */
const notCode = new Set(['(root)', '(program)', '(idle)']);

/** Watches the executors' thread for a while; it goes on meanwhile, a little slower. */
export class Profiler {
  readonly #clock: Clock;
  #isWatching = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Stacks with how often each was seen. @throws Error with a sentence while it watches already */
  async watch(ms: number): Promise<readonly SeenStack[]> {
    if (this.#isWatching) throw new Error('this worker is being looked at already');
    this.#isWatching = true;
    const session = new Session();
    try {
      session.connect();
      await post(session, 'Profiler.enable');
      await post(session, 'Profiler.setSamplingInterval', { interval: sampleEveryUs });
      await post(session, 'Profiler.start');
      await sleep(this.#clock, ms);
      const { profile } = (await post(session, 'Profiler.stop')) as Inspected.StopReturnType;
      return stacksOf(profile);
    } finally {
      session.disconnect();
      this.#isWatching = false;
    }
  }
}

function post(session: Session, method: string, parameters: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, answer) => {
      if (error === null) resolve(answer);
      else reject(error);
    });
  });
}

/** Callers first; what was never seen itself is part of others' stacks only. */
export function stacksOf({ nodes }: Pick<Inspected.Profile, 'nodes'>): readonly SeenStack[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const callers = new Map(
    nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)),
  );
  const stackOf = (id: number): readonly string[] => {
    const names: string[] = [];
    for (let at: number | undefined = id; at !== undefined; at = callers.get(at)) {
      const node = byId.get(at);
      if (node !== undefined && node.callFrame.functionName !== '(root)') names.push(nameOf(node));
    }
    return names.reverse();
  };
  return nodes.flatMap(({ id, hitCount = 0, callFrame }) =>
    hitCount === 0 || notCode.has(callFrame.functionName)
      ? []
      : [{ stack: stackOf(id), seen: hitCount }],
  );
}

/** The function, with file and line where it has any. */
function nameOf({ callFrame: { functionName, url, lineNumber } }: Inspected.ProfileNode): string {
  const name = functionName === '' ? 'a function without a name' : functionName;
  const file = url.split('/').at(-1) ?? '';
  return file === '' ? name : `${name} ${file}:${lineNumber + 1}`;
}
