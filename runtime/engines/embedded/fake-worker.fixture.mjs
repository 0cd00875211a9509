// A worker that speaks the control protocol and runs nothing: node FILE ASSIGNMENT MODE
// Modes: obedient; crashing (ends right after it runs); deaf (neither stop nor SIGTERM end it);
// mute (never connects); faulty (ends before it connects); stuck (connects, never runs); endless (its
// component keeps the thread); lying (also tells of tasks that it does not have); curt (ends without last words); parent (has a subprocess in a session of its own).
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';

const [assignmentFile, mode] = process.argv.slice(2);
const assignment = JSON.parse(readFileSync(assignmentFile, 'utf8'));
let state = 'starting';
let epoch = assignment.epoch;
let socket = null;
let tapped = null;
/** The one that the plan gives it. */
const task = assignment.workerIndex + 2;

const send = (frame) => socket.write(`${JSON.stringify(frame)}\n`);
const counts = (count, firstTask) => ({
  component: 'words',
  firstTask,
  lastTask: firstTask,
  uptimeMs: 1000,
  emitted: [{ stream: 'default', count }],
  transferred: [],
  acked: [],
  failed: [],
  executed: [],
  timedOut: null,
  executeLatency: [],
  ackLatency: [],
  queueLatency: [],
  busyMs: 0,
  backpressuredMs: 0,
  queue: null,
});

function lie() {
  const about = { component: 'words', task: 2 ** 40 };
  send({ type: 'stats', executors: [counts(10, 77), counts(11, task)] });
  send({ type: 'lag', ...about, timeMs: 1, partitions: [] });
  send({ type: 'subprocess-ended', ...about });
  send({ type: 'error', ...about, timeMs: 1, message: 'made up' });
  send({ type: 'stuck', ...about });
  send({ type: 'error', component: 'words', task, timeMs: 1, message: 'the end of it' });
}

const answers = {
  welcome: (frame) => {
    epoch = frame.epoch;
    if (mode === 'stuck') return;
    state = 'running';
    send({ type: 'running' });
    send({ type: 'stats', executors: [counts(10, task)] });
    if (mode === 'endless') send({ type: 'stuck', component: 'words', task });
    if (mode === 'lying') lie();
    if (mode !== 'crashing') return;
    send({ type: 'error', component: 'words', task, timeMs: 1, message: 'boom' });
    send({ type: 'exiting', reason: 'boom in words' });
    setTimeout(() => process.exit(1), 20);
  },
  ping: () => send({ type: 'pong' }),
  refused: () => process.exit(3),
  stop: ({ reason }) => {
    if (mode === 'deaf') return;
    if (tapped !== null) {
      const tuple = { task: 2, stream: 'default', timeMs: 2, values: ['last', 2] };
      send({ type: 'peek-tuples', id: tapped, tuples: [tuple], missed: 0 });
    }
    if (mode !== 'curt') send({ type: 'exiting', reason });
    socket.end(() => process.exit(0));
  },
  activate: () =>
    send({ type: 'error', component: 'words', task: null, timeMs: 1, message: 'activate' }),
  deactivate: () =>
    send({ type: 'error', component: 'words', task: null, timeMs: 1, message: 'deactivate' }),
  'log-levels': ({ levels }) => {
    if (levels.length === 0) return;
    const message = levels.map(({ logger, level }) => `${logger}=${level}`).join(' ');
    send({ type: 'error', component: 'words', task: null, timeMs: 1, message });
  },
  'peek-start': ({ id }) => {
    tapped = id;
    send({ type: 'peek-started', id });
    const tuple = { task: 2, stream: 'default', timeMs: 1, values: ['word', 1] };
    send({ type: 'peek-tuples', id, tuples: [tuple], missed: 3 });
  },
};

function open() {
  let held = '';
  socket = connect(assignment.controlSocket);
  socket.once('connect', () => {
    const { wireVersion, token, stormId, workerIndex } = assignment;
    send({
      type: 'hello',
      wireVersion,
      token,
      stormId,
      workerIndex,
      pid: process.pid,
      epoch,
      state,
    });
  });
  socket.on('data', (chunk) => {
    const lines = (held + chunk).split('\n');
    held = lines.pop();
    for (const line of lines) {
      const frame = JSON.parse(line);
      answers[frame.type]?.(frame);
    }
  });
  socket.on('error', () => {});
  socket.once('close', () => setTimeout(open, 50));
}

process.on('SIGTERM', () => mode !== 'deaf' && process.exit(143));
if (mode === 'parent') {
  const child = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
  writeFileSync(`${assignment.pidDir}/${child.pid}`, '');
}
if (mode === 'faulty') {
  process.stderr.write('no heap for me\n');
  process.exit(1);
} else if (mode === 'mute') setInterval(() => {}, 1000);
else open();
