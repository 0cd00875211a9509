import type { StormId, SubmitRequest } from '../../storm-api/index.ts';
import type { RunRequest, UploadAnswer } from './submission-answers.ts';

/** A program as its user would run it from a terminal. */
export interface Program {
  /** An uploaded file. */
  readonly path: string;
  /** What its user calls it. */
  readonly name: string;
  readonly kind: UploadAnswer['kind'];
  readonly main: string | null;
  readonly args: readonly string[];
  readonly conf: readonly string[];
}

/** What a topology that was not started would take. */
export interface Sizes {
  readonly workers: number;
  readonly tasks: number;
  readonly executors: number;
}

export interface RunListener {
  onOutput(text: string): void;
  /** Kept, not started: in a preview. */
  onPreview(request: SubmitRequest, sizes: Sizes): void;
  onStarted(id: StormId, name: string): void;
  /** @param problem one sentence; null when it ended well */
  onEnd(code: number | null, problem: string | null): void;
}

export interface RunningProgram {
  /** Ends its process. */
  stop(): void;
  /** Removes what it uploaded: what it submitted cannot be started any more. */
  discard(): Promise<void>;
}

/** Runs users' programs with a Nimbus of their own that keeps or passes on what they submit. */
export interface Submitter {
  /** Classes of a jar that have a main, the manifest's first. @throws Error with a sentence when it is no jar */
  mainsOf(jar: string): Promise<readonly string[]>;
  start(program: Program, mode: RunRequest['mode'], listener: RunListener): Promise<RunningProgram>;
}
