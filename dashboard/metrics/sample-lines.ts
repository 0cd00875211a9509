import { type MetricName, publicNames } from './metrics.ts';
import type { Teller } from './samples.ts';

/**
 * Samples as lines of Prometheus' text format, by metric. There are thousands of them in every answer:
 * each is one string, and nothing is kept for it besides.
 */
export class SampleLines {
  readonly #lines = new Map<MetricName, string[]>();

  readonly tell: Teller = (name, labels, value) => {
    this.#of(name).push(`${publicNames[name]}${labels.text} ${valueText(value)}\n`);
  };

  /** Puts lines of other samples behind these. */
  add(others: ReadonlyMap<MetricName, string>): void {
    for (const [name, lines] of others) this.#of(name).push(lines);
  }

  texts(): ReadonlyMap<MetricName, string> {
    return new Map([...this.#lines].map(([name, lines]) => [name, lines.join('')]));
  }

  #of(name: MetricName): string[] {
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const lines: string[] = [];
    this.#lines.set(name, lines);
    return lines;
  }
}

function valueText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Inf' : '-Inf';
}
