import { linearScale, logScale, type Scale, shortNumber } from './scale.ts';
import { colourOf, gridLine, legend, picture, round, text, width } from './svg.ts';

export interface Line {
  readonly side: string;
  readonly points: readonly (readonly [number, number])[];
}

export interface LinePlot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly lines: readonly Line[];
  /** Both axes; else both begin at zero. */
  readonly logarithmic: boolean;
}

const left = 70;
const right = width - 30;
const top = 78;
const bottom = 330;

/** A line per side; the points are marked when they are few. */
export function linePlot({ title, xLabel, yLabel, lines, logarithmic }: LinePlot): string {
  const points = lines.flatMap((line) => line.points);
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = logarithmic ? stepScale(xs) : linearScale(Math.max(...xs), left, right);
  const y = logarithmic ? logScale(ys, bottom, top) : linearScale(Math.max(...ys), bottom, top);
  const note = logarithmic ? ' (logarithmic)' : '';
  return picture(bottom + 56, [
    text(20, 28, title, { kind: 'title' }),
    legend(52, [...new Set(lines.map(({ side }) => side))]),
    ...y.ticks.map((tick) => {
      const label = text(left - 8, y.at(tick) + 4, shortNumber(tick), {
        anchor: 'end',
        kind: 'faint',
      });
      return gridLine(left, y.at(tick), right, y.at(tick)) + label;
    }),
    ...x.ticks.map((tick) =>
      text(x.at(tick), bottom + 18, shortNumber(tick), { anchor: 'middle', kind: 'faint' }),
    ),
    ...lines.map((line) => drawn(line, x, y)),
    text(right, bottom + 40, `${yLabel}${note}, by ${xLabel}${note}`, {
      anchor: 'end',
      kind: 'faint',
    }),
  ]);
}

/** A logarithmic scale whose ticks are the values themselves. */
function stepScale(values: readonly number[]): Scale {
  const ticks = [...new Set(values)].sort((a, b) => a - b);
  const [low = 1] = ticks;
  const high = Math.max(low * 2, ticks.at(-1) ?? low);
  const share = (value: number) => Math.log(value / low) / Math.log(high / low);
  return { ticks, at: (value) => left + 20 + share(value) * (right - left - 40) };
}

function drawn({ side, points }: Line, x: Scale, y: Scale): string {
  const colour = colourOf(side);
  const places = points.map(([at, value]) => [round(x.at(at)), round(y.at(value))] as const);
  const path = places.map(([px, py]) => `${px},${py}`).join(' ');
  const line = `<polyline points="${path}" style="fill:none;stroke:${colour};stroke-width:2"/>`;
  const few = points.length <= 10;
  const marks = places.map(([px, py], index) => {
    const value = shortNumber(points[index]?.[1] ?? 0);
    const mark = `<circle cx="${px}" cy="${py}" r="3.5" style="fill:${colour}"/>`;
    return mark + text(px, py - 8, value, { anchor: 'middle' });
  });
  return line + (few ? marks.join('') : '');
}
