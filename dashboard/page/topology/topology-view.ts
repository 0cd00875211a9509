import type { GraphMessage, HistoryPoint, TopologyMessage } from '../../live/messages.ts';

/** What a tab is given. */
export interface TopologyView {
  readonly graph: GraphMessage;
  readonly now: TopologyMessage;
  readonly history: readonly HistoryPoint[];
  /** The component that is looked at more closely; null: none. */
  readonly selected: string | null;
  readonly query: URLSearchParams;
}
