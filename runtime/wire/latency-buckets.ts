/** Steps in each doubling: what is read from a bucket is right to within a sixteenth. */
const stepsPerOctave = 8;
const stepBits = 3;
/** Anything shorter than 128 ns is in the first bucket. */
const exponentMin = 7;
/** 2^44 ns are almost five hours; anything longer is in the last bucket. */
const exponentMax = 43;
const highBits = 31;

export const latencyBuckets = (exponentMax - exponentMin + 1) * stepsPerOctave;

/** Where a latency is counted: linear steps in octaves, as in the Java host. @param ns not negative */
export function latencyBucketOf(ns: number): number {
  const whole = Math.floor(ns);
  if (whole < 2 ** exponentMin) return 0;
  const exponent = exponentOf(whole);
  if (exponent > exponentMax) return latencyBuckets - 1;
  const step = Math.floor(whole / 2 ** (exponent - stepBits)) % stepsPerOctave;
  return (exponent - exponentMin) * stepsPerOctave + step;
}

/** The middle of a bucket, in milliseconds. */
export function latencyOfBucketMs(bucket: number): number {
  const exponent = Math.floor(bucket / stepsPerOctave) + exponentMin;
  const width = 2 ** (exponent - stepBits);
  const lowest = (stepsPerOctave + (bucket % stepsPerOctave)) * width;
  return (lowest + width / 2) / 1e6;
}

function exponentOf(whole: number): number {
  return whole < 2 ** highBits
    ? highBits - Math.clz32(whole)
    : 2 * highBits - Math.clz32(whole / 2 ** highBits);
}
