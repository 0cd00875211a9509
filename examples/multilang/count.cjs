// A bolt without any library: counts words.
const counts = new Map();
let unread = '';

process.stdin.setEncoding('utf8').on('data', (text) => {
  const messages = (unread + text).split('\nend\n');
  unread = messages.pop();
  for (const message of messages) handle(JSON.parse(message));
});

function handle(message) {
  if (message.conf !== undefined) say({ pid: process.pid });
  else if (message.stream === '__heartbeat') say({ command: 'sync' });
  else count(message);
}

function count({ id, tuple: [word] }) {
  const times = (counts.get(word) ?? 0) + 1;
  counts.set(word, times);
  say({ command: 'emit', tuple: [word, times], anchors: [id], need_task_ids: false });
  say({ command: 'ack', id });
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\nend\n`);
}
