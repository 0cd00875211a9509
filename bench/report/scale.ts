/** Maps values to places on a picture, with the values that get a line. */
export interface Scale {
  at(value: number): number;
  readonly ticks: readonly number[];
}

const tickSteps = [1, 2, 2.5, 5, 10];
const ticksWanted = 5;

/** From zero, so that twice the length is twice the value. */
export function linearScale(largest: number, from: number, to: number): Scale {
  const step = niceStep(largest / ticksWanted);
  const count = Math.max(1, Math.ceil(largest / step));
  const ticks = Array.from({ length: count + 1 }, (_, index) => index * step);
  const end = count * step;
  return { ticks, at: (value) => from + (value / end) * (to - from) };
}

/** Whole powers of ten around the values; every plot with it says that it is logarithmic. */
export function logScale(values: readonly number[], from: number, to: number): Scale {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const ticks = Array.from({ length: high - low + 1 }, (_, index) => 10 ** (low + index));
  return {
    ticks,
    at: (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from),
  };
}

/** Three digits, with k and M for large numbers. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${digits(value / 1e6)} M`;
  if (size >= 10_000) return `${digits(value / 1e3)} k`;
  return digits(value);
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = tickSteps.find((step) => step * power >= rough) ?? 10;
  return factor * power;
}
