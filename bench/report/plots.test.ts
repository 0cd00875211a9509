import { expect, it } from 'vitest';
import { pageText } from './page.ts';
import { plotsOf } from './plots.ts';
import type { ResultFile } from './result-file.ts';

function result(name: string, storm: string, more: Partial<ResultFile> = {}): ResultFile {
  return {
    file: `${name}-${storm}.json`,
    name,
    unit: 'tuples/s',
    better: 'more',
    ours: [300, 100, 200],
    theirs: [50],
    config: {},
    line: '',
    commit: 'abc1234',
    date: '2026-01-02T03:04:05Z',
    machine: { processor: 'P', cores: 2, memoryMegabytes: 4096, kernel: '6' },
    versions: { node: 'v20', java: '17', storm },
    ...more,
  };
}

const files = (results: readonly ResultFile[]) => plotsOf(results).map(({ file }) => file);

it('plots nothing that was not measured', () => {
  expect(files([])).toEqual([]);
  expect(files([result('sol-acked-2', '2.8.3')])).toEqual(['throughput.svg']);
});

it('shows medians of ours once and of each Storm', () => {
  const results = [result('hops', '0.10.2'), result('hops', '2.8.3', { theirs: [70_000] })];
  const [plot] = plotsOf(results);
  expect(plot?.file).toBe('messages.svg');
  expect(plot?.svg.match(/>200</g)).toHaveLength(1);
  expect(plot?.svg).toMatch(/>Storm 2\.8\.3<.*>Storm 0\.10\.2</s);
  expect(plot?.svg).toContain('>70 k<');
});

it('shows ours twice when it was measured on two days', () => {
  const later = result('hops', '2.8.3', { ours: [900] });
  const [plot] = plotsOf([result('hops', '0.10.2'), later]);
  expect(plot?.svg).toContain('>200<');
  expect(plot?.svg).toContain('>900<');
});

it('draws how cost grows through the point that every line shares', () => {
  const results = [1, 4, 16].map((executors) => result(`scaling-executors-${executors}`, '2.8.3'));
  expect(files(results)).toEqual(['scaling-executors.svg']);
  expect(files([...results, result('scaling-workers-2', '2.8.3')])).toEqual([
    'scaling-executors.svg',
    'scaling-workers.svg',
  ]);
});

it('lists every result with its ratio and its file', () => {
  const text = pageText([result('diamond', '2.8.3')], []);
  expect(text).toContain(
    '| [diamond](../bench/results/diamond-2.8.3.json) | tuples/s | **200** (100 to 300) | 2.8.3 | **50** | 4 | 3, 1 | 2026-01-02, abc1234 |',
  );
});
