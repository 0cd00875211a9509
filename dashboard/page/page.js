// Polls the totals and shows them with rates. All server data goes in through textContent.
const pollMs = 1000;
const state = document.getElementById('state');
const list = document.getElementById('topologies');
const template = document.getElementById('topology');
let before = null;

async function poll() {
  try {
    const answer = await fetch('/api/gearstorm/live');
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const now = await answer.json();
    show(now);
    before = now;
  } catch (error) {
    state.textContent = `The server does not answer (${error.message})`;
  }
  setTimeout(poll, pollMs);
}

function show(now) {
  const count = now.topologies.length;
  state.textContent = count === 0 ? 'No topologies running.' : `${count} ${count === 1 ? 'topology' : 'topologies'}`;
  list.replaceChildren(...now.topologies.map((topology) => section(topology, now.timeMs)));
}

function section(topology, timeMs) {
  const node = template.content.cloneNode(true);
  node.querySelector('[data-name]').textContent = topology.name;
  node.querySelector('[data-facts]').textContent =
    `${topology.status}, up ${topology.uptimeSecs} s, ${topology.tasks} tasks, ${topology.executors} executors`;
  node.querySelector('[data-problem]').textContent = topology.problem ?? '';
  node.querySelector('[data-workers]').textContent = topology.workers.map(worker).join('; ');
  const earlier = before?.topologies.find((each) => each.id === topology.id);
  const secs = before === null ? 0 : (timeMs - before.timeMs) / 1000;
  node.querySelector('tbody').append(
    ...topology.components.map((each) => row(each, earlier?.components.find(({ id }) => id === each.id), secs)),
  );
  node.querySelector('[data-errors]').append(
    ...topology.lastErrors.map(({ component, task, timeMs: when, message }) =>
      element('li', `${new Date(when).toISOString()} ${component}, task ${task}: ${message}`),
    ),
  );
  return node;
}

function worker({ port, state: workerState, restarts, lastExit }) {
  const history = restarts === 0 ? '' : `, ${restarts} restarts, last exit: ${lastExit}`;
  return `worker ${port} ${workerState}${history}`;
}

function row(component, earlier, secs) {
  const rate = (key) => (earlier && secs > 0 ? Math.max(0, (component[key] - earlier[key]) / secs).toFixed(0) : '');
  const cells = [
    component.id, component.kind, component.executors,
    component.emitted, rate('emitted'),
    component.executed, rate('executed'),
    component.acked, rate('acked'), component.failed,
  ];
  const node = document.createElement('tr');
  node.append(...cells.map((each) => element('td', each)));
  return node;
}

function element(name, text) {
  const node = document.createElement(name);
  node.textContent = String(text);
  return node;
}

poll();
