import type { SlotLine } from '../../live/messages.ts';
import { addressOf } from '../router.ts';

type Process = SlotLine['processes'][number];

/** Which workers sit in which slot. */
export function SlotsTable(props: { readonly slots: readonly SlotLine[]; readonly total: number }) {
  const { slots, total } = props;
  const free = Math.max(0, total - new Set(slots.map(({ port }) => port)).size);
  return (
    <section class="card">
      <h2>Slots and workers</h2>
      <ul class="slots">
        {slots.map((slot) => (
          <li key={`${slot.port} ${slot.topologyId}`} class={`slot ${stateOf(slot)}`}>
            <b>{slot.port}</b>
            <a href={addressOf(['topology', slot.topologyId, 'workers'])}>{slot.topology}</a>
            {slot.processes.map((process) => (
              <span key={process.pid} class="muted">
                {textOf(process)}
              </span>
            ))}
          </li>
        ))}
        {Array.from({ length: free }, (_, index) => (
          <li key={`free ${index}`} class="slot free">
            <span class="muted">free</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function textOf({ state, pid }: Process): string {
  return pid === null ? state : `${state}, process\u00a0${pid}`;
}

/** The slot looks like the process in it that runs least. */
function stateOf({ processes }: SlotLine): Process['state'] {
  const worstFirst = ['stopped', 'backing-off', 'starting'] as const;
  const states = processes.map(({ state }) => state);
  return worstFirst.find((state) => states.includes(state)) ?? 'running';
}
