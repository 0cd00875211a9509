import { median } from '../result.ts';
import { barPlot } from './bar-plot.ts';
import { linePlot } from './line-plot.ts';
import { type Range, rangePlot } from './range-plot.ts';
import { type Compared, comparedOf, type ResultFile, sidesOf } from './result-file.ts';

/** A picture of the page. */
export interface Plot {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

/** What readers call a result, in the order of the page. */
const labels: Readonly<Record<string, string>> = {
  'sol-acked-1': 'chain of 3, 1+1, acked',
  'sol-acked-2': 'chain of 3, 2+2, acked',
  'sol-acked-4': 'chain of 3, 4+4, acked',
  'sol-acked-48': 'chain of 3, 48+48, acked',
  'sol-level-2': 'chain of 2, 2+2, acked',
  'two-workers': 'chain, two workers, acked',
  'word-count': 'word count, acked',
  diamond: 'diamond, acked',
  'sol-unacked-2': 'chain of 3, 2+2, unacked',
  'native-sol': 'chain of 3 in TypeScript, acked',
  'native-shell': 'the same, theirs in subprocesses',
  mixed: 'Java, TypeScript, Java, acked',
  hops: 'chain of 5, 1+1, unacked',
};

const rates = Object.keys(labels).filter((name) => name !== 'hops');

/** The plots for which there are results. */
export function plotsOf(results: readonly ResultFile[]): readonly Plot[] {
  return [
    ...bars('throughput', 'Tuples per second', comparedOf(results, rates)),
    ...bars(
      'processor-time',
      'Tuples per second of processor time',
      comparedOf(
        results,
        rates.map((name) => `${name}-cpu`),
      ),
    ),
    ...bars('messages', 'Messages from task to task per second', comparedOf(results, ['hops'])),
    ...latencies(results),
    ...memories(results),
    ...scalings(results),
    ...bars('start', 'Start and upload', comparedOf(results, ['first-tuple', 'upload-60mb'])),
    ...bars('idle-memory', 'Memory of the idle daemons', comparedOf(results, ['idle-memory'])),
  ];
}

function bars(file: string, title: string, compared: readonly Compared[]): readonly Plot[] {
  const [first] = compared;
  if (first === undefined) return [];
  const groups = compared.map((each) => {
    const name = each.name.replace(/-cpu$/, '');
    return { label: labels[name] ?? each.name, bars: sidesOf(each) };
  });
  return [{ file: `${file}.svg`, title, svg: barPlot(title, first.unit, groups) }];
}

function latencies(results: readonly ResultFile[]): readonly Plot[] {
  const title = 'Complete latency, from emit to ack';
  const ranges = [
    ...rangesOf(results, 'latency', '1,000 tuples a second'),
    ...rangesOf(results, 'latency-loaded', 'full load, 1,000 pending'),
  ];
  if (ranges.length === 0) return [];
  return [{ file: 'latency.svg', title, svg: rangePlot(title, 'milliseconds', ranges) }];
}

function rangesOf(results: readonly ResultFile[], name: string, group: string): readonly Range[] {
  const marks = new Map<string, [string, number][]>();
  for (const label of ['p50', 'p99', 'max']) {
    for (const compared of comparedOf(results, [`${name}-${label}`])) {
      for (const [side, samples] of sidesOf(compared)) {
        marks.set(side, [...(marks.get(side) ?? []), [label, median(samples)]]);
      }
    }
  }
  return [...marks].map(([side, values]) => ({ group, side, marks: values }));
}

function memories(results: readonly ResultFile[]): readonly Plot[] {
  return ['acked', 'unacked'].flatMap((kind) =>
    comparedOf(results, [`memory-${kind}`]).map((compared) => {
      const title = `Memory with an endless spout and a blocked bolt, ${kind}`;
      const lines = compared.results.flatMap(({ series, versions }, index) => {
        if (series === undefined) return [];
        const ours = index === 0 ? [{ side: 'Gearstorm', points: series.ours }] : [];
        return [...ours, { side: `Storm ${versions.storm}`, points: series.theirs }];
      });
      const labelled = { xLabel: 'seconds', yLabel: 'MB resident' };
      const svg = linePlot({ title, ...labelled, lines, logarithmic: false });
      return { file: `memory-${kind}.svg`, title, svg };
    }),
  );
}

function scalings(results: readonly ResultFile[]): readonly Plot[] {
  const kinds = [
    ['executors', 'executors per component'],
    ['workers', 'workers'],
    ['pending', 'pending trees per spout'],
  ] as const;
  return kinds.flatMap(([kind, xLabel]) => {
    const title = `Cost of an acked tuple as ${kind === 'pending' ? 'pending trees' : kind} grow`;
    const lines = linesOf(scalingPoints(results, kind));
    if (lines.every(({ points }) => points.length < 2)) return [];
    const yLabel = 'microseconds of processor time';
    const svg = linePlot({ title, xLabel, yLabel, lines, logarithmic: true });
    return [{ file: `scaling-${kind}.svg`, title, svg }];
  });
}

/** The point of the base, which all lines share, is measured once, as four executors. */
function scalingPoints(
  results: readonly ResultFile[],
  kind: string,
): ReadonlyMap<number, Compared> {
  const points = new Map<number, Compared>();
  const base = { workers: 1, pending: 1000 }[kind];
  for (const name of new Set(results.map((result) => result.name))) {
    const value = name.startsWith(`scaling-${kind}-`) ? Number(name.split('-').at(-1)) : base;
    if (value === undefined || (value === base && name !== 'scaling-executors-4')) continue;
    for (const compared of comparedOf(results, [name])) points.set(value, compared);
  }
  return new Map([...points].sort(([a], [b]) => a - b));
}

function linesOf(points: ReadonlyMap<number, Compared>) {
  const bySide = new Map<string, [number, number][]>();
  for (const [value, compared] of points) {
    for (const [side, samples] of sidesOf(compared)) {
      bySide.set(side, [...(bySide.get(side) ?? []), [value, median(samples)]]);
    }
  }
  return [...bySide].map(([side, values]) => ({ side, points: values }));
}
