import type { LagAnswer } from '../../live/messages.ts';
import type { ChartLine } from '../widgets/chart.tsx';

const colors = ['--chart-1', '--chart-2', '--chart-3', '--chart-4'] as const;

/** A line for each of the partitions that are furthest behind: more than a few cannot be told apart. */
export function linesOf({ history }: Pick<LagAnswer, 'history'>): readonly ChartLine[] {
  const furthestFirst = [...history.series].sort(
    (one, other) => (other.lags.at(-1) ?? 0) - (one.lags.at(-1) ?? 0),
  );
  return colors.flatMap((color, index) => {
    const series = furthestFirst[index];
    if (series === undefined) return [];
    const { component, topic, partition, lags } = series;
    return [{ color, name: `${component} ${topic} ${partition}`, values: lags }];
  });
}
