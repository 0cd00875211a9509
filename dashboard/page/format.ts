const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const scales = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const;
const nothing = '–';
/** A number and its unit stay on one line. */
const gap = '\u00a0';

/** A count as people read it: 9,999 whole, above it three digits and a scale. */
export function count(value: number): string {
  const scale = scales.find(([from]) => Math.abs(value) >= from);
  if (scale === undefined) return whole.format(value);
  const [from, letter] = scale;
  const unit = letter === 'k' ? 1e3 : from;
  return `${threeDigits(value / unit)}${gap}${letter}`;
}

/** Tuples per second. */
export function rate(value: number | null): string {
  if (value === null) return nothing;
  if (value > 0 && value < 10) return `${value.toFixed(1)}/s`;
  return `${count(value)}/s`;
}

/** Milliseconds, told in the unit that fits. */
export function latency(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return nothing;
  if (ms === 0) return `0${gap}ms`;
  if (ms < 0.001) return `<${gap}1${gap}µs`;
  if (ms < 1) return `${threeDigits(ms * 1000)}${gap}µs`;
  if (ms < 1000) return `${threeDigits(ms)}${gap}ms`;
  return `${threeDigits(ms / 1000)}${gap}s`;
}

/** A share of 1 in per cent. */
export function percent(share: number | null): string {
  return share === null ? nothing : `${Math.round(share * 100)}${gap}%`;
}

/** The two greatest units of a time: `2 d 3 h`. */
export function duration(secs: number): string {
  const units = [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  const first = units.findIndex(([length]) => secs >= length);
  if (first < 0) return `0${gap}s`;
  let rest = Math.floor(secs);
  const words = units.slice(first, first + 2).map(([length, unit]) => {
    const amount = Math.floor(rest / length);
    rest %= length;
    return amount === 0 ? '' : `${amount}${gap}${unit}`;
  });
  return words.filter((word) => word !== '').join(' ');
}

/** Local date and time, to the second. */
export function moment(timeMs: number): string {
  return new Date(timeMs).toLocaleString('sv-SE');
}

/** Every digit of it. */
export function exact(amount: number): string {
  return whole.format(amount);
}

/** `one topology`, `2 topologies`. */
export function plural(amount: number, one: string, many = `${one}s`): string {
  return `${exact(amount)} ${amount === 1 ? one : many}`;
}

/** Bytes in powers of 1024. */
export function bytes(amount: number): string {
  if (amount < 1024) return `${amount}${gap}B`;
  if (amount < 1024 * 1024) return `${threeDigits(amount / 1024)}${gap}KiB`;
  return `${threeDigits(amount / 1024 / 1024)}${gap}MiB`;
}

function threeDigits(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return value.toFixed(0);
  return value.toFixed(size >= 10 ? 1 : 2);
}
