import { join } from 'node:path';
import type { Command, ComponentHost } from '../../runtime/hosts/index.ts';

const program = join(import.meta.dirname, 'worker.js');

/** Starts workers that run no component and report as if they did. */
export const simulatedHost: ComponentHost = {
  check: async () => {},
  workerCommand: ({ assignmentFile }) => command('worker', assignmentFile),
  inspectionCommand: (_, requestFile) => command('inspect', requestFile),
};

function command(...words: readonly string[]): Command {
  return { program: process.execPath, args: [program, ...words], environment: new Map() };
}
