import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useThemeVersion } from '../theme.ts';

export interface ChartLine {
  readonly name: string;
  /** A colour of the page's own, by the name of its CSS variable. */
  readonly color: string;
  readonly values: readonly (number | null)[];
}

export interface ChartProps {
  readonly title: string;
  readonly timesMs: readonly number[];
  readonly lines: readonly ChartLine[];
  readonly format: (value: number) => string;
  /** Between 0 and 1 is nothing. */
  readonly isWhole?: boolean;
}

const height = 170;

/** Numbers over time. The canvas says nothing to a screen reader, so that the newest numbers are its label. */
export function Chart(props: ChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const theme = useThemeVersion();
  const data = dataOf(props);
  const names = props.lines.map(({ name }) => name).join();
  // The theme is what the drawn colours are read from.
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const made = new uPlot(optionsOf(props, element), data, element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [theme, names]);
  useEffect(() => plot.current?.setData(data));
  return (
    <figure class="chart">
      <figcaption>
        {props.title}
        {props.lines.map(({ name, color }) => (
          <span key={name} class="chart-name">
            <span class="chart-dot" style={{ background: `var(${color})` }} /> {name}
          </span>
        ))}
      </figcaption>
      <div ref={frame} role="img" aria-label={spoken(props)} />
    </figure>
  );
}

function dataOf({ timesMs, lines }: ChartProps): uPlot.AlignedData {
  return [timesMs.map((time) => time / 1000), ...lines.map(({ values }) => [...values])];
}

/** Between two labels of time, in seconds: in less than one nothing would change in them. */
const wholeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];

/** 1, 2, 5, 10, 20 and so on. */
const amounts = Array.from({ length: 16 }, (_, power) => [1, 2, 5].map((one) => one * 10 ** power));

function optionsOf({ lines, format, isWhole }: ChartProps, element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--muted'),
    grid: { stroke: color('--line'), width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  return {
    width: Math.max(200, element.clientWidth),
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 6 } },
    scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [
      { ...axis, values: '{HH}:{mm}:{ss}', incrs: [...wholeSteps], space: 90, size: 28 },
      {
        ...axis,
        size: 68,
        ...(isWhole ? { incrs: amounts.flat() } : {}),
        values: (_, values) => values.map((value) => format(value)),
      },
    ],
    series: [
      {},
      ...lines.map((line) => ({
        label: line.name,
        stroke: color(line.color),
        width: 2,
        points: { show: false },
      })),
    ],
  };
}

function spoken({ title, lines, format }: ChartProps): string {
  const newest = lines.map(({ name, values }) => {
    const value = values.at(-1);
    return `${name} ${value === null || value === undefined ? 'not known' : format(value)}`;
  });
  return `${title}: ${newest.join(', ')}`;
}
