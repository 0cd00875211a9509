import type { SlotLine } from '../../live/messages.ts';
import { addressOf } from '../router.ts';

/** Which worker sits in which slot. */
export function SlotsTable(props: { readonly slots: readonly SlotLine[]; readonly total: number }) {
  const { slots, total } = props;
  const free = Math.max(0, total - new Set(slots.map(({ port }) => port)).size);
  return (
    <section class="card">
      <h2>Slots and workers</h2>
      <ul class="slots">
        {slots.map((slot) => (
          <li key={`${slot.port} ${slot.pid}`} class={`slot ${slot.state}`}>
            <b>{slot.port}</b>
            <a href={addressOf(['topology', slot.topologyId, 'workers'])}>{slot.topology}</a>
            <span class="muted">
              {slot.state}
              {slot.pid === null ? '' : `, process ${slot.pid}`}
            </span>
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
