import { logScale, shortNumber } from './scale.ts';
import { colourOf, gridLine, legend, picture, round, text, width } from './svg.ts';

/** One side's values of one group, from small to large. */
export interface Range {
  readonly group: string;
  readonly side: string;
  readonly marks: readonly (readonly [string, number])[];
}

const left = 200;
const right = width - 60;
const top = 86;
const rowHeight = 34;

/** Marks on a logarithmic axis, joined by a line for each side. */
export function rangePlot(title: string, unit: string, ranges: readonly Range[]): string {
  const values = ranges.flatMap(({ marks }) => marks.map(([, value]) => value));
  const scale = logScale(values, left, right);
  const bottom = top + ranges.length * rowHeight;
  const rows = ranges.map((range, index) => row(range, top + index * rowHeight + 18, scale.at));
  const axis = scale.ticks.map((tick) => {
    const x = scale.at(tick);
    const label = text(x, bottom + 16, shortNumber(tick), { anchor: 'middle', kind: 'faint' });
    return gridLine(x, top - 6, x, bottom) + label;
  });
  const labels = (ranges[0]?.marks ?? []).map(([label]) => label).join(', ');
  return picture(bottom + 48, [
    text(20, 28, title, { kind: 'title' }),
    legend(52, [...new Set(ranges.map(({ side }) => side))]),
    ...axis,
    ...rows,
    text(right, bottom + 36, `${labels}: ${unit} (logarithmic)`, { anchor: 'end', kind: 'faint' }),
  ]);
}

function row({ group, side, marks }: Range, y: number, at: (value: number) => number): string {
  const colour = colourOf(side);
  const places = marks.map(([, value]) => round(at(value)));
  const ends = [Math.min(...places), Math.max(...places)];
  const line = `<line x1="${ends[0]}" x2="${ends[1]}" y1="${y}" y2="${y}" style="stroke:${colour};stroke-width:2"/>`;
  const dots = marks.map(([, value], index) => {
    const x = places[index] ?? left;
    const label = text(x, y - 7, shortNumber(value), { anchor: 'middle' });
    return `<circle cx="${x}" cy="${y}" r="4" style="fill:${colour}"/>${label}`;
  });
  return text(left - 14, y + 4, group, { anchor: 'end' }) + line + dots.join('');
}
