import { expect, it } from 'vitest';
import { readStoredPlan } from './stored-plan.ts';

const plan = {
  stormId: 'words-1-2',
  processors: [{ id: 'words', configJson: '{"a":1}' }],
  workers: [{ index: 0, port: 6700 }],
};

it('a plan of this build is read as it is', () => {
  const own = { ...plan, planVersion: 2, yamlKeys: ['a'] };
  expect(readStoredPlan(JSON.stringify(own))).toEqual(own);
});

it('a plan of an older build runs on: no key was known to come from YAML', () => {
  expect(readStoredPlan(JSON.stringify({ ...plan, planVersion: 1 }))).toEqual({
    ...{ ...plan, planVersion: 2, yamlKeys: [] },
    processors: [{ id: 'words', configJson: '{"a":1}', ownConfigKeys: [], shell: null }],
    workers: [{ index: 0, port: 6700, host: 'java' }],
  });
});

it('a plan of a younger build is refused with what to do', () => {
  expect(() => readStoredPlan(JSON.stringify({ ...plan, planVersion: 3 }))).toThrow(
    'the plan of words-1-2 has the version 3, and this build reads 2: go on with the build that wrote it, or kill the topology there and submit it again',
  );
});
