import { expect, it } from 'vitest';
import { NotAliveError, stormId } from '../storm-api/index.ts';
import { findDamaged, findLinked, findTopology } from './topology-lookup.ts';
import { OneTopologyService } from './topology-service.fixture.ts';

const found = (text: string, ...names: string[]) =>
  findLinked(text, (wanted) => names.find((each) => each === wanted));

it('a part of a path is the name as it is, else the one that has blanks where it has plus signs', () => {
  expect(found('my+topology', 'my topology', 'other')).toBe('my topology');
  expect(found('my+topology', 'my topology', 'my+topology')).toBe('my+topology');
  expect(found('my topology', 'my+topology')).toBe(undefined);
});

it.each([
  ['a+b', 'a b'],
  ['a b', 'a+b'],
])(
  'knows the living "%s" from the damaged "%s", whose links may be written alike',
  (living, name) => {
    const service = new OneTopologyService(living);
    const [template] = service.cluster().topologies;
    if (template === undefined) throw new Error('nothing lives');
    const damaged = { ...template, name, id: stormId(`${name}-2-1`) };
    service.damaged = [damaged];
    expect(findTopology(service, living).name).toBe(living);
    expect(findDamaged(service, living)).toBe(null);
    expect(findDamaged(service, name)).toBe(damaged);
    expect(() => findTopology(service, name)).toThrow(NotAliveError);
  },
);
