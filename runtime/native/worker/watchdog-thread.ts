import { connect } from 'node:net';
import { workerData } from 'node:worker_threads';
import { encodeFrame } from '../../wire/index.ts';
import { markCells } from '../running-mark.ts';
import type { WatchdogFacts } from './watchdog.ts';
import { WorkerLog } from './worker-log.ts';

const lookMs = 500;
const lastWordsMs = 500;

const facts = workerData as WatchdogFacts;
let lastBeats = -1;
let looksWithoutBeat = 0;

/** Counts looks rather than time, so that a process that was stopped is not taken for a stuck one. */
function look(): void {
  const beats = Atomics.load(facts.cells, markCells.beats);
  looksWithoutBeat = beats === lastBeats ? looksWithoutBeat + 1 : 0;
  lastBeats = beats;
  if (looksWithoutBeat * lookMs < facts.limitSecs * 1000) return;
  clearInterval(looking);
  endProcess();
}

function endProcess(): void {
  const task = Atomics.load(facts.cells, markCells.task);
  const component = facts.components.get(task);
  const where = component === undefined ? 'its code' : `component ${component}, task ${task},`;
  const reason = `${where} has kept the thread of its process for ${facts.limitSecs} s without giving it back`;
  new WorkerLog(facts.logFile).write('ERROR', reason);
  const socket = connect(facts.controlSocket);
  socket.on('error', () => {});
  socket.write(facts.hello);
  if (component !== undefined) {
    const error = { type: 'error', component, task, timeMs: Date.now(), message: reason } as const;
    socket.write(encodeFrame(error));
    socket.write(encodeFrame({ type: 'stuck', component, task }));
  }
  socket.write(encodeFrame({ type: 'exiting', reason }));
  // The executors' thread cannot be asked to end.
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastWordsMs);
}

const looking = setInterval(look, lookMs);
