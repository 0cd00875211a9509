import { expect, it } from 'vitest';
import { LabelSet } from './label-set.ts';
import { SampleLines } from './sample-lines.ts';

it('writes names and values as Prometheus reads them, whatever a label says', () => {
  const lines = new SampleLines();
  const quoted = new LabelSet({ topology: 'a "b" \\ c\nd' }).with('component', '<i>é');
  const plain = new LabelSet({ topology: 'x' });
  lines.tell('slots', new LabelSet({}), 4);
  lines.tell('capacity', quoted, 0.048);
  lines.tell('capacity', plain, Number.NaN);
  lines.tell('capacity', plain, Number.POSITIVE_INFINITY);
  lines.tell('capacity', plain, Number.NEGATIVE_INFINITY);
  expect(Object.fromEntries(lines.texts())).toEqual({
    slots: 'gearstorm_slots 4\n',
    capacity:
      'gearstorm_capacity{topology="a \\"b\\" \\\\ c\\nd",component="<i>é"} 0.048\n' +
      'gearstorm_capacity{topology="x"} NaN\n' +
      'gearstorm_capacity{topology="x"} +Inf\n' +
      'gearstorm_capacity{topology="x"} -Inf\n',
  });
});

it('labels are made once: the same label beside the same others is the same object', () => {
  const topology = new LabelSet({ topology: 'x' });
  const component = topology.with('component', 'a');
  expect(topology.with('component', 'a')).toBe(component);
  expect(topology.with('component', 'b').all).toEqual({ topology: 'x', component: 'b' });
  expect(topology.with('kind', 'a').text).toBe('{topology="x",kind="a"}');
});
