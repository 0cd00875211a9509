import { describe, expect, it } from 'vitest';
import { type SourceOptions, settingsOf } from './spout-options.ts';

const base = { brokers: 'localhost:9092', topics: 'in', group: 'g' };
const settings = (options: Partial<SourceOptions>) => settingsOf({ ...base, ...options });

describe('options of a Kafka spout', () => {
  it('that are left out or undefined are decided', () => {
    const { retry, inFlightMax, commits, start } = settings({ start: undefined as never });
    expect({ retry, inFlightMax, commits, start }).toEqual({
      retry: { initialMs: 100, maxMs: 60_000, attemptsMax: Number.POSITIVE_INFINITY },
      ...{ inFlightMax: 1000, commits: true, start: 'earliest' },
    });
  });

  it.each([
    [{ topics: [] }, 'needs a topic'],
    [{ group: '' }, 'needs a group'],
    [{ inFlightMax: 0 }, 'inFlightMax of a Kafka spout is 0, and has to be at least 1'],
    [{ refreshSecs: Number.NaN }, 'refreshMs of a Kafka spout is NaN'],
    [{ retry: { attemptsMax: 0 } }, 'attemptsMax of a Kafka spout is 0'],
    [{ start: { timestampMs: Number.NaN } }, 'start of a Kafka spout is no time: NaN'],
    [{ commitBy: 'sink', deadLetterTopic: 'dead' }, 'gives no message up'],
  ] as const)('%j are refused', (options, sentence) => {
    expect(() => settings(options)).toThrow(sentence);
  });
});
