import { median } from '../result.ts';
import type { Plot } from './plots.ts';
import type { ResultFile } from './result-file.ts';
import { shortNumber } from './scale.ts';

/** The whole of docs/benchmarks.md. */
export function pageText(results: readonly ResultFile[], plots: readonly Plot[]): string {
  return `# Benchmarks

Gearstorm beside real Apache Storm, both on one machine, in turns. This page is made from the files of \`bench/results\` by \`npm run bench\`, so it has only what was measured; \`npm run bench -- --help\` lists the comparisons.
Every file has its samples, the topology, the options that the workers really ran with, the commit and the machine. All sides run the same sources (\`conformance-tests/topologies\`, \`acme.bench\`); for Storm 2 the package names are replaced.
Latency is measured by the spout from emit to ack, to a thirty-second part. Per second of processor time counts all threads of the workers, not the daemons. A ratio above 1 says that Gearstorm is better. Where Storm is called "goal" there is nothing to compare with: the number is what was aimed at, at most.

${plots.map(({ file, title }) => `![${title}](benchmarks/${file})`).join('\n\n')}

## All results

| result | unit | Gearstorm | Storm | | ratio | samples | measured |
| --- | --- | ---: | --- | ---: | ---: | ---: | --- |
${results.map(row).join('\n')}

## Machines

${machines(results).join('\n')}
`;
}

function row(result: ResultFile): string {
  const { name, unit, ours, theirs, versions, file, commit, date, better } = result;
  const [our, their] = [median(ours), median(theirs)];
  const ratio = better === 'less' ? their / our : our / their;
  const cells = [
    `[${name}](../bench/results/${file})`,
    unit,
    withRange(ours),
    versions.storm,
    withRange(theirs),
    shortNumber(ratio),
    `${ours.length}, ${theirs.length}`,
    `${date.slice(0, 10)}, ${commit}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The median, and what the samples reach from and to. */
function withRange(samples: readonly number[]): string {
  const middle = `**${shortNumber(median(samples))}**`;
  if (samples.length < 2) return middle;
  const [least, largest] = [Math.min(...samples), Math.max(...samples)];
  return `${middle} (${shortNumber(least)} to ${shortNumber(largest)})`;
}

function machines(results: readonly ResultFile[]): readonly string[] {
  const lines = results.map(({ machine, versions }) => {
    const { processor, cores, memoryMegabytes, kernel } = machine;
    const memory = `${Math.round(memoryMegabytes / 1024)} GB`;
    return `- ${processor}, ${cores} cores, ${memory}, Linux ${kernel}, Java ${versions.java}, Node ${versions.node}`;
  });
  return [...new Set(lines)];
}
