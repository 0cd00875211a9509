import type { Shares } from '../../live/messages.ts';
import { percent } from '../format.ts';

/** Busy, backpressured and idle as parts of one bar. */
export function SharesBar(props: { readonly shares: Shares | null }) {
  const { shares } = props;
  if (shares === null) return <span class="muted">–</span>;
  return (
    <span class="shares" title={sharesText(shares)}>
      <span class="shares-bar" aria-hidden="true">
        <span class="busy" style={{ width: `${shares.busy * 100}%` }} />
        <span class="backpressured" style={{ width: `${shares.backpressured * 100}%` }} />
      </span>
      <span class="shares-text">{percent(shares.busy)}</span>
      <span class="sr-only">{sharesText(shares)}</span>
    </span>
  );
}

/** The same in words. */
export function sharesText({ busy, idle, backpressured }: Shares): string {
  return `busy ${percent(busy)}, held back ${percent(backpressured)}, idle ${percent(idle)}`;
}
