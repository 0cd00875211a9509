import { InvalidTopologyError, type StormConf } from '../storm-api/index.ts';

/** @throws InvalidTopologyError when the key holds something else; null when absent or null. */
export function readInteger(config: StormConf, key: string): number | null {
  const value = config.get(key);
  if (value === null) return null;
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) {
    throw new InvalidTopologyError(`${key} must be a whole number, not ${config.text(key)}`);
  }
  return value;
}

/** @throws InvalidTopologyError when the key holds something else; empty when absent or null. */
export function readList(config: StormConf, key: string): readonly unknown[] {
  const value = config.get(key);
  if (value === null) return [];
  if (!Array.isArray(value)) {
    throw new InvalidTopologyError(`${key} must be a list, not ${config.text(key)}`);
  }
  return value;
}

/** A string stands for a list of one. @throws InvalidTopologyError when the key holds something else */
export function readTexts(config: StormConf, key: string): readonly string[] {
  const value = config.get(key);
  if (value === null) return [];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.every((each) => typeof each === 'string')) return texts;
  throw new InvalidTopologyError(
    `${key} must be a string or a list of strings, not ${config.text(key)}`,
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
