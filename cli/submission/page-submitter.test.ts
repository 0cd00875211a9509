import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { StormConf } from '../../storm-api/index.ts';
import { ProductPaths } from '../product-paths.ts';
import { PageSubmitter } from './page-submitter.ts';
import { endLeftPrograms, ProgramProcess } from './program-process.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gearstorm-page-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('ends a program that outlived its serve, and no other', async () => {
  const left = started('left');
  const other = started('other');
  endLeftPrograms(join(folder, 'left'));
  expect(await left.end).toBe('It was ended by SIGKILL.');
  other.process.end('the test is over');
  expect(await other.end).toBe('It was ended: the test is over.');
});

it('leaves nothing of a run that cannot begin', async () => {
  const program = {
    path: 'a.jar',
    name: 'a.jar',
    kind: 'jar',
    main: null,
    args: [],
    conf: [],
  } as const;
  const nobody = { onOutput() {}, onPreview() {}, onStarted() {}, onEnd() {} };
  const begins = submitterIn(folder).start(program, 'preview', nobody);
  await expect(begins).rejects.toThrow('name the class');
  expect(readdirSync(folder)).toEqual([]);
});

it('goes on without what an earlier serve left and cannot be removed, and says so', async () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const warnings: object[] = [];
  const unremovable = join(file, 'runs'); // nobody can, not even root
  await submitterIn(unremovable, (facts) => warnings.push(facts)).clearLeft();
  expect(warnings).toMatchObject([{ folder: unremovable, err: { code: 'ENOTDIR' } }]);
});

function submitterIn(runs: string, warn: (facts: object) => void = () => {}): PageSubmitter {
  const logger = { info: () => {}, warn, error: () => {} };
  return new PageSubmitter({
    context: {
      options: { overrides: [], configFile: null },
      paths: new ProductPaths(),
      environment: {},
      out: process.stdout,
      err: process.stderr,
      setExitCode: () => {},
    },
    profiler: {} as never,
    service: {} as never, // nobody is there who could ask for anything
    config: StormConf.empty,
    configOf: () => StormConf.empty,
    jarOf: () => null,
    folder: runs,
    logger: { ...logger, child: () => logger } as never,
  });
}

/** A program that does not end by itself, and what its user is told when it has ended. */
function started(marker: string) {
  let tell: (problem: string | null) => void = () => {};
  const end = new Promise<string | null>((resolve) => {
    tell = resolve;
  });
  const program = new ProgramProcess({
    program: 'sleep',
    args: ['600'],
    directory: folder,
    environment: process.env,
    marker: join(folder, marker),
    onOutput: () => {},
    onEnd: (_, problem) => tell(problem),
  });
  return { process: program, end };
}
