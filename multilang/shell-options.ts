import type { Clock } from '../runtime/native/index.ts';
import type { TopologyContext } from '../storm-api/builder/index.ts';
import type { Handshake } from './serializer.ts';

/** Where a child's lines go; pino's loggers fit. */
export interface ShellLog {
  trace(facts: object, message: string): void;
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** How the children of one component are run. */
export interface ShellOptions {
  /** Program and arguments; no shell ever sees them. */
  readonly command: readonly string[];
  /** Over our own environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the children run (Storm's code directory: the jar's `resources/`). */
  readonly cwd: string;
  /** A folder for files named by process ids. */
  readonly pidDir: string;
  /** What a task's child is told of the topology. */
  readonly describe: (context: TopologyContext) => Pick<Handshake, 'conf' | 'context'>;
  readonly log: ShellLog;
  readonly clock: Clock;
  /** A task's child has ended, and another takes its place. */
  readonly onEnded: (component: string, task: number) => void;
}
