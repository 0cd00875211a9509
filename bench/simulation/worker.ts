import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import {
  type ControlFrame,
  encodeFrame,
  type InspectionReport,
  type InspectionRequest,
  LineReader,
  parseControlFrame,
  type WorkerAssignment,
  type WorkerFrame,
  wireVersion,
} from '../../runtime/wire/index.ts';
import type { ExecutionPlan } from '../../translator/index.ts';
import { simulatedStats } from './executor.ts';

const statsMs = 1_000;
const nothingFound: InspectionReport = { components: [], missingHookClasses: [] };

/** `worker ASSIGNMENT` or `inspect REQUEST`, as a component host's programs. */
function main([word, file = '']: readonly string[]): void {
  if (word === 'worker') run(readJson<WorkerAssignment>(file));
  else writeFileSync(readJson<InspectionRequest>(file).reportFile, JSON.stringify(nothingFound));
}

/** Reports the executors of its part of the plan every second, until it is told to stop. */
function run(assignment: WorkerAssignment): void {
  const { token, stormId, workerIndex, epoch, controlSocket, planFile } = assignment;
  const plan = readJson<ExecutionPlan>(planFile);
  const executors = plan.executors.filter(({ worker }) => worker === workerIndex);
  const startedMs = performance.now();
  const socket = connect(controlSocket);
  const reader = new LineReader();
  const send = (frame: WorkerFrame) => socket.write(encodeFrame(frame));
  const report = () => {
    const uptimeMs = Math.round(performance.now() - startedMs);
    send({
      type: 'stats',
      executors: executors.map((executor) => simulatedStats(plan, executor, uptimeMs)),
    });
  };
  const obey = ({ type }: ControlFrame) => {
    if (type === 'stop' || type === 'refused') process.exit(0);
    if (type === 'ping') send({ type: 'pong' });
    if (type !== 'welcome') return;
    send({ type: 'running' });
    setInterval(report, statsMs);
  };
  const hello = { type: 'hello', wireVersion, token, stormId, workerIndex, epoch } as const;
  send({ ...hello, pid: process.pid, state: 'starting' });
  socket.on('data', (chunk) => {
    for (const line of reader.read(chunk)) {
      const frame = parseControlFrame(line);
      if (frame !== null) obey(frame);
    }
  });
  socket.on('close', () => process.exit(0));
  socket.on('error', () => process.exit(1));
}

function readJson<Content>(file: string): Content {
  return JSON.parse(readFileSync(file, 'utf8')) as Content;
}

main(process.argv.slice(2));
