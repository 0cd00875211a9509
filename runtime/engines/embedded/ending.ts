import type { ProcessEnd } from '../../hosts/index.ts';

/** What the host's exit codes mean (docs/wire-protocol.md). */
const codeMeanings: ReadonlyMap<number, string> = new Map([
  [0, 'it stopped by itself'],
  [1, 'user code failed'],
  [2, 'its assignment or files are wrong'],
  [3, 'it was refused by control, or was without a control plane for too long'],
]);

/** What a JVM remarks on its way; it is never why it does not start. */
const remark = / warning: |^\[[\d.]+s\]\[warning\]/;
/** Lines of its output that tell why a process did not start. */
const tellingLines = 2;

/** Longest last words that are passed on, in characters. */
const lastWordsMax = 2_000;

/** One sentence on why a worker process ended, with its own last words if it had any. */
export function describeEnd(end: ProcessEnd, lastWords: string | null): string {
  const how = describeStatus(end, lastWords !== null);
  return lastWords === null ? how : `${how}: ${lastWords.slice(0, lastWordsMax)}`;
}

/** The same of a process that ended before it had any connection to control. */
export function describeFalseStart(end: ProcessEnd, output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => line !== '' && !remark.test(line)).slice(0, tellingLines);
  const how = end.signal === null ? `exit code ${end.code}` : `killed by ${end.signal}`;
  const words = telling.length === 0 ? 'it printed nothing' : telling.join(' ');
  return `it did not start (${how}): ${words.slice(0, lastWordsMax)}`;
}

function describeStatus({ code, signal }: ProcessEnd, hasLastWords: boolean): string {
  if (signal !== null) return `killed by ${signal}`;
  if (code === null) return 'ended while nobody was there to see its exit code';
  const meaning = codeMeanings.get(code);
  if (meaning === undefined) return `exit code ${code}`;
  // A host that fails says so first; without that, user code may have chosen the same number.
  const doubt = hasLastWords || code === 0 ? '' : ', or user code called System.exit';
  return `exit code ${code} (${meaning}${doubt})`;
}
