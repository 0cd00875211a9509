import type { RestServerOptions } from '../dashboard/index.ts';
import type { Runtime } from '../runtime/control/index.ts';
import {
  dumpRecording,
  heapDump,
  javaProfile,
  startRecording,
  stopRecording,
  threadDump,
} from './java-process.ts';

export type ProcessView = RestServerOptions['processes'];
type SeenStacks = Exclude<Awaited<ReturnType<Runtime['profile']>>, null>;

const glanceMs = 500;
const stacksMax = 40;

/**
 * Looks into workers, into Java ones with the JDK's tools, into native ones over their control
 * connection; and starts them anew.
 */
export function processView(
  { profile, restartWorker }: Pick<Runtime, 'profile' | 'restartWorker'>,
  environment: NodeJS.ProcessEnv,
): ProcessView {
  return {
    threads: async (pid) => {
      const seen = await profile(pid, glanceMs);
      return seen === null ? await threadDump(pid, environment) : glanceText(seen);
    },
    profile: async (pid, secs) => {
      const seen = await profile(pid, 1000 * secs);
      if (seen === null) return await javaProfile(pid, secs, environment);
      return seen.flatMap(({ stack, seen: times }) => Array.from({ length: times }, () => stack));
    },
    heap: (pid, file) => heapDump(pid, file, environment),
    startRecording: (pid, file, minutes) => startRecording(pid, { file, minutes }, environment),
    dumpRecording: (pid, file) => dumpRecording(pid, file, environment),
    stopRecording: (pid) => stopRecording(pid, environment),
    restart: restartWorker,
  };
}

/** What the one thread of a native worker did, the most frequent first, the innermost call on top as in Java's dumps. */
function glanceText(seen: SeenStacks): string {
  const times = seen.reduce((sum, each) => sum + each.seen, 0);
  const parts = [...seen]
    .sort((one, other) => other.seen - one.seen)
    .slice(0, stacksMax)
    .map(({ stack, seen: share }) => {
      const lines = [...stack].reverse().map((name) => `    at ${name}`);
      return `${Math.round((100 * share) / times)} % of what it ran:\n${lines.join('\n')}`;
    });
  const thread = 'The thread that runs all executors of this worker';
  const what = parts.length === 0 ? 'had nothing to do' : `was seen to run ${times} times`;
  return [`${thread} ${what} in ${glanceMs} ms.`, ...parts].join('\n\n');
}
