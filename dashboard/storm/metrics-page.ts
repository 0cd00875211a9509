import type { ComponentStatistics, InputCount, StatisticsWindow } from '../../storm-api/index.ts';
import { floatText } from './format.ts';
import { componentsOf, type Page } from './page.ts';

/** Every count by component and stream, as Storm tells them since 1.1. */
export function metricsPage(page: Page): object {
  const { window } = page;
  return {
    window,
    'window-hint': window,
    spouts: componentsOf(page, 'spout').map((each) => ({
      id: each.id,
      ...sent(each, window),
      acked: counts(each, 'acked', window),
      failed: counts(each, 'failed', window),
      complete_ms_avg: means(each, 'acked', window),
    })),
    bolts: componentsOf(page, 'bolt').map((each) => ({
      id: each.id,
      ...sent(each, window),
      acked: counts(each, 'acked', window),
      failed: counts(each, 'failed', window),
      process_ms_avg: means(each, 'acked', window),
      executed: counts(each, 'executed', window),
      executed_ms_avg: means(each, 'executed', window),
    })),
  };
}

function sent({ windows }: ComponentStatistics, window: string): object {
  const known = windows.get(window as StatisticsWindow);
  const rows = (part: 'emitted' | 'transferred') =>
    Array.from(known?.[part] ?? [], ([stream, value]) => ({ stream_id: stream, value }));
  return { emitted: rows('emitted'), transferred: rows('transferred') };
}

function counts(
  component: ComponentStatistics,
  part: 'acked' | 'failed' | 'executed',
  window: string,
): readonly object[] {
  return inputs(component, part, window).map((each) => ({ ...place(each), value: each.count }));
}

function means(
  component: ComponentStatistics,
  part: 'acked' | 'executed',
  window: string,
): readonly object[] {
  return inputs(component, part, window).map((each) => ({
    ...place(each),
    value: floatText(each.meanMs ?? 0),
  }));
}

function inputs(
  { windows }: ComponentStatistics,
  part: 'acked' | 'failed' | 'executed',
  window: string,
): readonly InputCount[] {
  return windows.get(window as StatisticsWindow)?.[part] ?? [];
}

function place({ source, stream }: InputCount): object {
  return { component_id: source, stream_id: stream };
}
