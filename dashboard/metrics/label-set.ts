/**
 * The labels of one series, with the text that Prometheus is told. There are thousands of series in
 * every answer and always the same: whoever tells them keeps the shortest set, which keeps the longer ones.
 */
export class LabelSet {
  readonly all: Readonly<Record<string, string>>;
  /** By name, then value of the label that they have more. */
  #longer: Map<string, Map<string, LabelSet>> | null = null;
  #text: string | null = null;

  constructor(all: Readonly<Record<string, string>>) {
    this.all = all;
  }

  /** The same object for the same label. */
  with(name: string, value: string): LabelSet {
    this.#longer ??= new Map();
    const named = this.#longer.get(name) ?? new Map<string, LabelSet>();
    const known = named.get(value);
    if (known !== undefined) return known;
    const longer = new LabelSet({ ...this.all, [name]: value });
    this.#longer.set(name, named.set(value, longer));
    return longer;
  }

  /** In Prometheus' text format. */
  get text(): string {
    this.#text ??= textOf(this.all);
    return this.#text;
  }
}

function textOf(labels: Readonly<Record<string, string>>): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

function escaped(text: string): string {
  if (!/[\\\n"]/.test(text)) return text;
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"');
}
