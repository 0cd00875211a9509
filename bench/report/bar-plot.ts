import { median } from '../result.ts';
import { linearScale, shortNumber } from './scale.ts';
import { colourOf, gridLine, legend, picture, round, text, width } from './svg.ts';

export interface BarGroup {
  readonly label: string;
  /** Samples by side. */
  readonly bars: readonly (readonly [string, readonly number[]])[];
}

const left = 190;
const right = width - 90;
const barHeight = 15;
const groupGap = 14;
const top = 78;

/** Medians as bars from zero, with a line from the least to the largest sample. */
export function barPlot(title: string, unit: string, groups: readonly BarGroup[]): string {
  const samples = groups.flatMap(({ bars }) => bars.flatMap(([, values]) => values));
  const scale = linearScale(Math.max(...samples), left, right);
  const parts: string[] = [];
  let y = top;
  for (const group of groups) {
    parts.push(text(left - 10, y + 11, group.label, { anchor: 'end' }));
    for (const [side, values] of group.bars) {
      parts.push(bar(side, values, y, scale.at));
      y += barHeight + 2;
    }
    y += groupGap;
  }
  const axis = scale.ticks.map((tick) => {
    const x = scale.at(tick);
    const label = text(x, y + 10, shortNumber(tick), { anchor: 'middle', kind: 'faint' });
    return gridLine(x, top - 8, x, y - 6) + label;
  });
  const sides = new Set(groups.flatMap(({ bars }) => bars.map(([side]) => side)));
  return picture(y + 44, [
    text(20, 28, title, { kind: 'title' }),
    legend(52, [...sides]),
    ...axis,
    ...parts,
    text(right, y + 30, `${unit}; median, and line from least to largest sample`, {
      anchor: 'end',
      kind: 'faint',
    }),
  ]);
}

function bar(
  side: string,
  values: readonly number[],
  y: number,
  at: (value: number) => number,
): string {
  const end = at(median(values));
  const middle = y + barHeight / 2;
  const [least, largest] = [at(Math.min(...values)), at(Math.max(...values))];
  const length = Math.max(1, round(end - left));
  const box = `<rect x="${left}" y="${y}" width="${length}" height="${barHeight}" rx="1" style="fill:${colourOf(side)}"/>`;
  const range = `<line x1="${round(least)}" x2="${round(largest)}" y1="${middle}" y2="${middle}" style="stroke:var(--ink)"/>`;
  const label = text(Math.max(end, largest) + 6, y + 12, shortNumber(median(values)));
  return box + (values.length > 1 ? range : '') + label;
}
