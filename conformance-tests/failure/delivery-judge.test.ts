// Goal: the judge accepts an honest delivery and sees each kind of broken promise.
import { expect, it } from 'vitest';
import { DeliveryJudge } from './delivery-judge.ts';
import { RowReader } from './delivery-log.ts';

const opens = ['letters 4 70 open 1', 'door 2 70 open 1', 'archive 1 71 open 1'];
const effects = [
  'door 2 70 effect 0/4/70/1 left',
  'archive 1 71 effect 0/4/70/1 shelf-0',
  'archive 1 71 effect 0/4/70/1 shelf-1',
  'door 2 70 effect 0/4/70/1 right',
];
const send = 'letters 4 70 send 0/4/70/1';
const ack = 'letters 4 70 ack 0/4/70/1';
const fail = 'letters 4 70 fail 0/4/70/1';
const end = 'letters 4 70 end';

function judge(...rows: readonly string[]): DeliveryJudge {
  const judged = new DeliveryJudge();
  const text = rows.map((row) => `\n${row.replaceAll(' ', '\t')}\t.`).join('');
  for (const row of new RowReader().read(text)) judged.take(row);
  return judged;
}

it('accepts a letter that had all its effects before its ack', () => {
  const judged = judge(...opens, send, ...effects, ack, end);
  expect(judged).toMatchObject({ problems: [], isDone: true, undelivered: 0, acks: 1 });
});

it('sees an ack before the last effect, and the effect that comes after it', () => {
  const judged = judge(...opens, send, ...effects.slice(0, 3), ack, ...effects.slice(3), end);
  expect(judged.problems).toEqual([
    '0/4/70/1: acked before it was at right',
    '0/4/70/1: at right after its ack, or unsent',
  ]);
});

it('misses a letter until it is sent again and acked', () => {
  const failed = [...opens, send, ...effects.slice(0, 2), fail, end];
  expect(judge(...failed)).toMatchObject({ problems: [], isDone: false, undelivered: 1 });
  const again = [send, ...effects, ack].map((row) => row.replace('0/4/70/1', '0/4/70/2'));
  expect(judge(...failed, ...again)).toMatchObject({ problems: [], isDone: true });
});

it('takes a late effect of a failed sending, but not a second one', () => {
  const [late = ''] = effects;
  const judged = judge(...opens, send, fail, late, late);
  expect(judged.problems).toEqual(['0/4/70/1: twice at left']);
});

it('sees a sending that ends twice', () => {
  expect(judge(...opens, send, ...effects, ack, ack).problems).toEqual([
    '0/4/70/1: acked when it was finished already',
  ]);
  expect(judge(...opens, send, ...effects, fail, ack).problems).toEqual([
    '0/4/70/1: acked when it was finished already',
  ]);
});

it('sees an ack for the earlier life of a source', () => {
  const judged = judge(...opens, send, ...effects, 'letters 4 72 open 2', ack.replace('70', '72'));
  expect(judged.problems).toEqual(['0/4/70/1: acked in process 72']);
});

it('sees a task that runs in two processes', () => {
  const judged = judge(...opens, 'door 2 73 open 2', send, ...effects.slice(0, 1));
  expect(judged.problems).toEqual(['door 2: effect in process 70, which is not 73']);
});

it('is not done before the source of the last life has ended', () => {
  const rows = [...opens, send, ...effects, ack, end, 'letters 4 74 open 3'];
  expect(judge(...rows).isDone).toBe(false);
  expect(judge(...rows, end.replace('70', '74')).isDone).toBe(true);
});

it('leaves out a row cut short and takes the one behind it', () => {
  const reader = new RowReader();
  expect(reader.read('\nletters\t4\t70\tack\t1')).toEqual([]);
  expect(reader.read('\nletters\t4\t75\tend\t.')).toMatchObject([{ pid: 75, event: 'end' }]);
  expect(reader.read('\nletters\t4\t75\tend\t.\nlett')).toHaveLength(1);
  expect(reader.read('ers\t4\t75\tsend\t1\t.')).toMatchObject([{ component: 'letters' }]);
});
