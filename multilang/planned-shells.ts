import type { Clock } from '../runtime/native/index.ts';
import { type Bolt, field, type Spout, type Streams } from '../storm-api/builder/index.ts';
import { type ComponentId, systemPrefix } from '../storm-api/index.ts';
import type { ExecutionPlan, Processor } from '../translator/index.ts';
import { describePlannedTask } from './describe.ts';
import { readJson } from './json-reader.ts';
import { shellBolt } from './shell-bolt.ts';
import type { ShellLog, ShellOptions } from './shell-options.ts';
import { shellSpout } from './shell-spout.ts';

/** What the subprocesses of one worker share. */
export interface ShellSite {
  /** The unpacked `resources/` of the jar. */
  readonly codeDir: string;
  readonly pidDir: string;
  readonly log: ShellLog;
  readonly clock: Clock;
  /** A task's subprocess has ended, and another takes its place. */
  readonly onEnded: (component: string, task: number) => void;
}

/** Every component of a plan whose work a subprocess does, ready to be run. */
export function plannedShells(
  plan: ExecutionPlan,
  site: ShellSite,
): ReadonlyMap<ComponentId, Spout<Streams> | Bolt<unknown, Streams>> {
  return new Map(
    plan.processors.flatMap((processor) => {
      const component = componentOf(plan, processor, site);
      return component === null ? [] : [[processor.id, component]];
    }),
  );
}

function componentOf(
  plan: ExecutionPlan,
  processor: Processor,
  { codeDir, ...site }: ShellSite,
): Spout<Streams> | Bolt<unknown, Streams> | null {
  const { id, kind, shell } = processor;
  if (shell === null) return null;
  const options: ShellOptions = {
    ...site,
    ...shell,
    cwd: codeDir,
    describe: ({ taskId }) => describePlannedTask(plan, id, taskId),
  };
  const streams = streamsOf(processor);
  if (kind === 'spout') return shellSpout({ ...options, streams });
  return shellBolt({ ...options, streams, tickSecs: tickSecsOf(processor) });
}

function streamsOf({ streams }: Processor): Streams {
  const declared = streams.filter(({ id }) => !id.startsWith(systemPrefix));
  return Object.fromEntries(
    declared.map(({ id, fields }) => [
      id,
      Object.fromEntries(fields.map((name) => [name, field<unknown>()])),
    ]),
  );
}

function tickSecsOf({ configJson }: Processor): number | null {
  const config = readJson(configJson) as Readonly<Record<string, unknown>>;
  const secs = config['topology.tick.tuple.freq.secs'];
  const plain = typeof secs === 'object' && secs !== null ? secs.valueOf() : secs;
  return typeof plain === 'number' && plain > 0 ? plain : null;
}
