import { expect, it } from 'vitest';
import { SampleLines } from './sample-lines.ts';

it('writes names and values as Prometheus reads them, whatever a label says', () => {
  const lines = new SampleLines();
  lines.tell('slots', {}, 4);
  lines.tell('capacity', { topology: 'a "b" \\ c\nd', component: '<i>é' }, 0.048);
  lines.tell('capacity', { topology: 'x' }, Number.NaN);
  lines.tell('capacity', { topology: 'x' }, Number.POSITIVE_INFINITY);
  lines.tell('capacity', { topology: 'x' }, Number.NEGATIVE_INFINITY);
  expect(Object.fromEntries(lines.texts())).toEqual({
    slots: 'gearstorm_slots 4\n',
    capacity:
      'gearstorm_capacity{topology="a \\"b\\" \\\\ c\\nd",component="<i>é"} 0.048\n' +
      'gearstorm_capacity{topology="x"} NaN\n' +
      'gearstorm_capacity{topology="x"} +Inf\n' +
      'gearstorm_capacity{topology="x"} -Inf\n',
  });
});
