// Goal: every library that users write components with runs as it is.
// Method: a spout that emits numbers and replays those that failed, before a bolt that dies over one
// number, and over another is busy for most of the time after which a silent subprocess is replaced.
// The soak (npm run soak -- --only multilang) does so with Storm's own timeout, and with spouts too.
import { expect, it, vi } from 'vitest';
import { libraries } from './libraries.fixture.ts';
import { problemsOf } from './library-run.fixture.ts';

vi.setConfig({ testTimeout: 90_000 });

const timeoutSecs = 3;
const trial = { numbers: 60, busySecs: 2, triesSpout: false };

// clause: shell-libraries, shell-serializer
it.concurrent.each(libraries)(
  '$name runs as it is: exact though a child dies and is busy',
  async (library) => {
    expect(await problemsOf(library, trial, timeoutSecs)).toEqual([]);
  },
);
