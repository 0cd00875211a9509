import { field, type Streams, TopologyBuilder } from '../storm-api/builder/index.ts';
import { shellBolt, shellSpout } from './index.ts';
import { boltEnds, type Library, type Trial } from './libraries.fixture.ts';
import { ScriptFolder, ShellRun, Sink } from './shell-run.fixture.ts';

/**
 * Runs a spout of the library before a bolt of it, both of which fail and are busy as the trial says.
 * @param timeoutSecs after which a silent subprocess is replaced
 * @returns what is wrong, as sentences
 * @throws Error when the numbers are not all acked in a long time
 */
export async function problemsOf(
  library: Library,
  trial: Trial,
  timeoutSecs: number,
): Promise<readonly string[]> {
  const folder = new ScriptFolder();
  library.bring(folder.path);
  folder.write('spout', library.spout(trial));
  folder.write('bolt', library.bolt(trial));
  const sink = new Sink();
  const run = new ShellRun(topologyOf(library, folder, sink, timeoutSecs));
  const patienceMs = 60_000 + 4_000 * timeoutSecs;
  try {
    const acked = () => folder.log.filter((line) => line.startsWith('acked'));
    await run.until(() => acked().length >= trial.numbers, patienceMs);
    return [...ofNumbers(folder, sink, trial), ...ofErrors(run, trial)];
  } finally {
    await run.stop();
    folder.remove();
  }
}

function ofNumbers({ log }: ScriptFolder, sink: Sink, trial: Trial): readonly string[] {
  const lines = (line: string) => log.filter((each) => each === line).length;
  // a spout that was killed emits once more what was not acked; else one more for each that failed
  const again = trial.triesSpout ? 1 : 0;
  const passed = (number: number) => sink.tuples.filter(([each]) => each === number).length;
  // that spout may be gone before it hears of it
  const isUnheard = !trial.triesSpout && lines(`failed ${boltEnds}`) === 0;
  const unheard = isUnheard ? [`${boltEnds} never failed`] : [];
  const wrong = [...Array(trial.numbers).keys()].flatMap((number) => {
    const acks = lines(`acked ${number}`);
    const passes = passed(number);
    const problems: string[] = [];
    if (acks !== 1) problems.push(`${number} was acked ${acks} times`);
    if (passes < 1 || passes > 1 + again + lines(`failed ${number}`)) {
      problems.push(`${number} was passed on ${passes} times`);
    }
    return problems;
  });
  return [...unheard, ...wrong];
}

/** The faults of the trial, and nothing else, are errors: nobody who was busy was replaced. */
function ofErrors({ errors }: ShellRun, { triesSpout }: Trial): readonly string[] {
  const expected = ['ended with exit code 1', ...(triesSpout ? ['ended with SIGKILL'] : [])];
  const missing = expected.filter((words) => !errors.some((error) => error.includes(words)));
  const others = errors.filter((error) => !expected.some((words) => error.includes(words)));
  if (errors.length > expected.length && others.length === 0) others.push(...errors);
  return [...missing.map((words) => `nothing ${words}`), ...others];
}

function topologyOf(
  { name, program, serializer }: Library,
  folder: ScriptFolder,
  sink: Sink,
  timeoutSecs: number,
) {
  const streams: Streams = { default: { number: field<unknown>() } };
  const config = {
    'topology.subprocess.timeout.secs': timeoutSecs,
    ...(serializer === undefined ? {} : { 'topology.multilang.serializer': serializer }),
  };
  const options = (script: string) => ({ ...folder.options([program, script]), streams });
  return new TopologyBuilder(name.replaceAll(/[ .]/g, '-'), config)
    .setSpout('spout', shellSpout(options('spout')))
    .setBolt('bolt', shellBolt({ ...options('bolt'), tickSecs: null }))
    .shuffleGrouping('spout')
    .setBolt('sink', sink.component)
    .shuffleGrouping('bolt')
    .build();
}
