import { describe, expect, it } from 'vitest';
import { settings } from '../storm-api/config/index.ts';
import { StormConf } from '../storm-api/index.ts';
import { bindAddress } from './bind-address.ts';
import { confValueText } from './conf-value-text.ts';
import { takeGlobalOptions } from './global-options.ts';
import { readableLine } from './logger.ts';
import { splitShellWords } from './shell-words.ts';
import { topologyTable } from './topology-table.ts';
import { WordCounts } from './word-counts.ts';

describe('global options', () => {
  it('may stand anywhere on the line and leave the rest as it is', () => {
    const line = ['kill', '-c', 'nimbus.host=h', 'name', '-w', '3', '--config', 'f', '-c', 'a=b=c'];
    expect(takeGlobalOptions(line)).toEqual({
      overrides: ['nimbus.host=h', 'a=b=c'],
      configFile: 'f',
      rest: ['kill', 'name', '-w', '3'],
    });
  });

  it('must be complete', () => {
    expect(() => takeGlobalOptions(['list', '-c'])).toThrow('-c needs a value');
    expect(() => takeGlobalOptions(['list', '-c', 'x'])).toThrow('-c takes key=value, not x');
    expect(() => takeGlobalOptions(['list', '--config'])).toThrow('--config needs a value');
  });
});

describe("Storm's list", () => {
  it('is printed as Storm 0.9 prints it, byte for byte', () => {
    const facts = { tasks: 28, workers: 3, uptimeSecs: 17, problem: null };
    const name = 'a-name-longer-than-its-column';
    expect(
      topologyTable([
        { name: 'word-count', status: 'ACTIVE', ...facts },
        { name, status: 'REBALANCING', ...facts },
      ]),
    ).toBe(
      [
        'Topology_name        Status     Num_tasks  Num_workers  Uptime_secs',
        '-------------------------------------------------------------------',
        'word-count           ACTIVE     28         3            17        ',
        'a-name-longer-than-its-column REBALANCING 28         3            17        ',
        '',
      ].join('\n'),
    );
  });

  it('is followed by what is wrong', () => {
    const facts = { name: 'a', status: 'ACTIVE', tasks: 0, workers: 0, uptimeSecs: 1 };
    const table = topologyTable([{ ...facts, problem: 'waits for a free slot' }]);
    expect(table.split('\n').slice(3)).toEqual(['', 'a: waits for a free slot', '']);
  });

  it('says so when nothing runs', () => {
    expect(topologyTable([])).toBe('No topologies running.\n');
  });
});

describe('a configuration value', () => {
  it('is printed as Clojure prints what the YAML holds', () => {
    expect(confValueText(undefined)).toBe('nil');
    expect(confValueText('null')).toBe('nil');
    expect(confValueText('"a b"')).toBe('a b');
    expect(confValueText('1.0')).toBe('1.0');
    expect(confValueText('1152921504606846977')).toBe('1152921504606846977');
    expect(confValueText('[6700,"a",null]')).toBe('[6700 a nil]');
    expect(confValueText('{"a":1,"b":{}}')).toBe('{a 1, b {}}');
  });
});

describe('listening', () => {
  const of = (values: Record<string, unknown>) => {
    const config = StormConf.of(values);
    return {
      nimbus: bindAddress(config, settings.nimbusHost),
      ui: bindAddress(config, settings.uiHost),
      drpc: bindAddress(config, settings.drpcHost),
    };
  };

  it('is on this machine only unless told otherwise', () => {
    expect(of({})).toEqual({ nimbus: '127.0.0.1', ui: '127.0.0.1', drpc: '127.0.0.1' });
    expect(of({ 'nimbus.host': 'localhost' }).nimbus).toBe('127.0.0.1');
    for (const key of ['nimbus.host', 'ui.host', 'gearstorm.drpc.host']) {
      for (const host of ['0.0.0.0', '::', '10.0.0.1', '127.evil.example']) {
        expect(() => of({ [key]: host })).toThrow(
          `${key} is ${host}, which others can reach without authentication: set gearstorm.allow.unauthenticated.bind=true`,
        );
      }
    }
  });

  it('is where the configuration says when that was allowed', () => {
    const allowed = { 'gearstorm.allow.unauthenticated.bind': true, 'ui.host': '0.0.0.0' };
    expect(of(allowed)).toEqual({ nimbus: '127.0.0.1', ui: '0.0.0.0', drpc: '127.0.0.1' });
  });
});

describe('JVM options', () => {
  it('are split as a shell splits words', () => {
    expect(splitShellWords(`-Xmx1g "-Da=b c" -Dd='e "f"' g\\ h  i"j k"l`)).toEqual([
      ...['-Xmx1g', '-Da=b c', '-Dd=e "f"', 'g h', 'ij kl'],
    ]);
    expect(splitShellWords('  ')).toEqual([]);
  });
});

describe('word counts', () => {
  const countsOf = (...counts: readonly (readonly [string, number, number])[]) => {
    const all = new WordCounts();
    for (const [word, count, task] of counts) all.add({ word, count, task });
    return all;
  };

  it('are right when each word counts on by one from where it was first seen', () => {
    const counts = countsOf(['a', 5, 1], ['b', 1, 2], ['a', 6, 1], ['a', 7, 1], ['b', 2, 2]);
    expect(counts.problem).toBe(null);
    expect(counts.tuples).toBe(5);
    expect(counts.top(1)).toEqual([{ word: 'a', count: 7, task: 1 }]);
  });

  it('are wrong with a gap, a repetition or a word in two tasks', () => {
    expect(countsOf(['a', 1, 1], ['a', 3, 1]).problem).toBe('"a" went from 1 to 3');
    expect(countsOf(['a', 1, 1], ['a', 1, 1], ['a', 2, 1]).problem).toBe('"a" went from 1 to 1');
    expect(countsOf(['a', 1, 1], ['a', 2, 2]).problem).toContain('by task 1 and by task 2');
  });
});

describe('the log on a terminal', () => {
  it('is one readable line for each record', () => {
    const record = { level: 40, time: 0, msg: 'worker ended', port: 6700, err: { message: 'why' } };
    expect(readableLine(JSON.stringify(record))).toBe(
      '1970-01-01T00:00:00.000Z warn worker ended: why port=6700\n',
    );
  });
});
