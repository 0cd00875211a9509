import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidTopologyError } from '../../storm-api/index.ts';
import { type Clock, within } from '../clock.ts';
import type { InspectedComponent, InspectionReport, InspectionRequest } from '../wire/index.ts';
import type { Command, ComponentHost } from './component-host.ts';
import { killMarked, type ProcessEnd, startDetached } from './detached-process.ts';
import { HostUnavailableError } from './errors.ts';

/** Class loading runs static initialisers of users: they may take long, but not for ever. */
const inspectionTimeoutMs = 60_000;
const quotedOutputBytesMax = 2_000;

interface Inspection {
  readonly host: ComponentHost;
  readonly clock: Clock;
  /** Where this one's files may lie while it runs. */
  readonly folder: string;
  readonly request: Omit<InspectionRequest, 'reportFile'>;
  /** Marks the child, so that a leftover is recognised. */
  readonly marker: string;
}

/**
 * Loads every component of a topology once in a process of its own.
 * @throws InvalidTopologyError when a component does not load, a class that the configuration names
 * is not there, or loading ends or hangs the process.
 */
export async function inspect(inspection: Inspection): Promise<readonly InspectedComponent[]> {
  const folder = await mkdtemp(join(inspection.folder, 'inspection-'));
  try {
    const report = await runInspection(inspection, folder);
    const problems = report.components.flatMap(({ id, problem }) =>
      problem === null ? [] : [`component "${id}": ${problem}`],
    );
    problems.push(
      ...report.missingHookClasses.map(
        (name) =>
          `topology.auto.task.hooks names ${name}, which is neither in the topology's jar nor in Storm`,
      ),
    );
    if (problems.length > 0) throw new InvalidTopologyError(problems.join('; '));
    return report.components;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runInspection(inspection: Inspection, folder: string): Promise<InspectionReport> {
  const requestFile = join(folder, 'request.json');
  const reportFile = join(folder, 'report.json');
  const outputFile = join(folder, 'output.txt');
  const request: InspectionRequest = { ...inspection.request, reportFile };
  await writeFile(requestFile, JSON.stringify(request), { mode: 0o600 });
  const end = await runToEnd(
    inspection,
    inspection.host.inspectionCommand(request, requestFile),
    outputFile,
  );
  if (end === null) {
    throw new InvalidTopologyError(
      `loading the components took longer than ${inspectionTimeoutMs / 1000} s (a static initialiser that does not end?)`,
    );
  }
  return readReport(reportFile, end, outputFile);
}

async function runToEnd(
  { clock, marker }: Inspection,
  command: Command,
  outputFile: string,
): Promise<ProcessEnd | null> {
  const child = await startInspection(command, { marker, outputFile });
  const end = await within(clock, inspectionTimeoutMs, child.ended);
  killMarked(marker);
  await child.ended;
  return end;
}

async function startInspection(...args: Parameters<typeof startDetached>) {
  try {
    return await startDetached(...args);
  } catch (cause) {
    if (!(cause instanceof HostUnavailableError)) throw cause;
    throw new InvalidTopologyError(`the topology cannot run here: ${cause.message}`, { cause });
  }
}

async function readReport(
  reportFile: string,
  end: ProcessEnd,
  outputFile: string,
): Promise<InspectionReport> {
  try {
    return JSON.parse(await readFile(reportFile, 'utf8')) as InspectionReport;
  } catch {
    const how = end.signal === null ? `exit code ${end.code}` : `signal ${end.signal}`;
    const output = await lastBytes(outputFile);
    throw new InvalidTopologyError(
      `the components cannot be loaded: the process that tried ended with ${how}${output === '' ? '' : `: ${output}`}`,
    );
  }
}

async function lastBytes(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const start = Math.max(0, size - quotedOutputBytesMax);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(quotedOutputBytesMax),
      position: start,
    });
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await handle.close();
  }
}
