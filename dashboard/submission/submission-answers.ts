import type { GraphMessage } from '../live/messages.ts';

/** A file that was uploaded to be run. */
export interface UploadAnswer {
  /** What it is called from now on; not a path. */
  readonly file: string;
  readonly name: string;
  readonly bytes: number;
  readonly kind: 'jar' | 'program';
  /** Classes of a jar that have a main, by name; the manifest's first. */
  readonly mains: readonly string[];
}

export interface RunRequest {
  readonly file: string;
  /** The class of a jar; null for a program. */
  readonly main: string | null;
  readonly args: readonly string[];
  /** `key=value`, as -c on the command line. */
  readonly conf: readonly string[];
  /** `preview`: what it submits is kept and shown, not started. */
  readonly mode: 'preview' | 'submit';
}

/** What a run submitted, not started yet. */
export interface PreviewedTopology {
  readonly graph: GraphMessage;
  readonly workers: number;
  readonly tasks: number;
  readonly executors: number;
}

/** Events of a run: `output` as it comes, `preview` for each topology, `end` once. */
export interface RunOutput {
  readonly text: string;
}

export interface RunEnd {
  /** null when it was ended by us. */
  readonly code: number | null;
  /** One sentence; null when all went well. */
  readonly problem: string | null;
  /** Ids of what was started. */
  readonly started: readonly { readonly id: string; readonly name: string }[];
}

export interface StartAnswer {
  readonly started: RunEnd['started'];
}
