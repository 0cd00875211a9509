import { beforeEach, describe, expect, it } from 'vitest';
import { DrpcError } from './errors.ts';
import { ManualClock } from './manual-clock.fixture.ts';
import { RequestTable } from './request-table.ts';

const limits = { requestsMax: 5, functionRequestsMax: 3, waitingLengthMax: 100 };
const here = {};
const gone = new DrpcError('failed', 'gone');

let clock: ManualClock;
let table: RequestTable;
let answers: string[];

beforeEach(() => {
  clock = new ManualClock();
  answers = [];
  let count = 0;
  const newId = () => `id-${++count}`;
  table = new RequestTable({ clock, newId, timeoutMs: 600_000, limits });
});

/** What becomes of the request is in `answers`, under its arguments. */
function submit(name: string, args: string): () => void {
  return table.submit({
    function: name,
    args,
    onAnswer: (answer) => {
      answers.push(`${args}: ${answer instanceof DrpcError ? `! ${answer.message}` : answer}`);
    },
  });
}

/** The arguments of what is fetched, until nothing is. */
function fetchAll(name: string): readonly string[] {
  const request = table.fetch(name, here);
  return request === null ? [] : [request.args, ...fetchAll(name)];
}

describe('requests of a function', () => {
  it('are handed out once each, in the order of their coming', () => {
    submit('f', 'a');
    submit('g', 'other');
    submit('f', 'b');
    submit('f', 'c');
    expect(fetchAll('f')).toEqual(['a', 'b', 'c']);
    expect(fetchAll('f')).toEqual([]);
    expect(fetchAll('unheard of')).toEqual([]);
  });

  it('are answered by whoever was given their id, once', () => {
    submit('f', 'a');
    const id = table.fetch('f', here)?.id ?? '';
    table.answer(id, 'A');
    table.answer(id, 'again');
    expect(answers).toEqual(['a: A']);
  });

  it('cannot be answered before they were handed out, nor under another id', () => {
    submit('f', 'a');
    table.answer('id-1', 'forged');
    table.answer('id-2', 'forged');
    expect(fetchAll('f')).toEqual(['a']);
    expect(answers).toEqual([]);
  });

  it('that are given back are handed out next, and can be answered only after that', () => {
    submit('f', 'a');
    const given = table.fetch('f', here);
    submit('f', 'b');
    table.giveBack(given?.id ?? '', 'a');
    table.answer('id-1', 'forged');
    expect(table.open('f')).toEqual({ waiting: 2, inFlight: 0 });
    expect(fetchAll('f')).toEqual(['a', 'b']);
    table.answer('id-1', 'A');
    expect(answers).toEqual(['a: A']);
  });

  it('that are given back are not lost with who had them, and their arguments count again', () => {
    submit('f', 'x'.repeat(100));
    const given = table.fetch('f', here);
    table.loseFetchedBy(here, gone);
    table.giveBack(given?.id ?? '', given?.args ?? '');
    clock.advance(1_000);
    expect(answers).toEqual([]);
    expect(() => submit('f', 'y')).toThrow('the arguments of waiting requests');
  });

  it('cannot be given back by who was not given them', () => {
    submit('f', 'a');
    table.giveBack('id-1', 'forged');
    table.giveBack('id-2', 'forged');
    expect(fetchAll('f')).toEqual(['a']);
  });

  it('are not handed out any more when they were cancelled', () => {
    submit('f', 'a');
    const cancel = submit('f', 'b');
    submit('f', 'c');
    cancel();
    expect(fetchAll('f')).toEqual(['a', 'c']);
  });

  it('tell nobody of a result that comes after they were cancelled', () => {
    const cancel = submit('f', 'a');
    const id = table.fetch('f', here)?.id ?? '';
    cancel();
    table.answer(id, 'A');
    expect(answers).toEqual([]);
  });
});

describe('a request that nobody answers', () => {
  it('times out by itself, each in its time, fetched or not', () => {
    submit('f', 'a');
    clock.advance(1_000);
    submit('f', 'b');
    table.fetch('f', here);
    clock.advance(598_999);
    expect(answers).toEqual([]);
    clock.advance(1);
    expect(answers).toEqual(['a: ! Request timed out']);
    clock.advance(1_000);
    expect(answers).toEqual(['a: ! Request timed out', 'b: ! Request timed out']);
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer behind when it was answered or cancelled', () => {
    const cancel = submit('f', 'a');
    expect(clock.pending).toBe(1);
    cancel();
    expect(clock.pending).toBe(0);
  });

  it('fails at once when nobody is going to fetch it', () => {
    submit('f', 'a');
    table.fetch('f', here);
    submit('f', 'b');
    submit('g', 'c');
    table.failWaiting('f', gone);
    expect(answers).toEqual(['b: ! gone']);
  });

  it('fails soon after its fetcher was lost, unless its result was on its way', () => {
    submit('f', 'a');
    submit('f', 'b');
    submit('f', 'c');
    const id = table.fetch('f', here)?.id ?? '';
    table.fetch('f', here);
    table.fetch('f', {});
    table.loseFetchedBy(here, gone);
    table.answer(id, 'A');
    clock.advance(1_000);
    expect(answers).toEqual(['a: A', 'b: ! gone']);
  });

  it('is not lost when it was fetched after the loss', () => {
    submit('f', 'a');
    submit('f', 'b');
    table.fetch('f', here);
    table.loseHandedOut('f', gone, () => true);
    table.fetch('f', here);
    clock.advance(1_000);
    expect(answers).toEqual(['a: ! gone']);
  });
});

describe('limits', () => {
  it('hold for one function, for all, and for the memory of what waits', () => {
    for (const args of ['a', 'b', 'c']) submit('f', args);
    expect(() => submit('f', 'd')).toThrow('3 requests for this function are open already');
    expect(() => submit('g', 'x'.repeat(98))).toThrow('take too much memory');
    submit('g', 'd');
    submit('h', 'e');
    expect(() => submit('i', 'f')).toThrow('5 requests are open already');
  });

  it('are open again when requests are answered or cancelled', () => {
    for (let round = 0; round < 1000; round++) {
      const cancel = submit('f', 'x'.repeat(60));
      submit('f', 'x'.repeat(40));
      cancel();
      table.answer(table.fetch('f', here)?.id ?? '', 'done');
    }
    expect(answers).toHaveLength(1000);
  });
});

it('a closed table answers everybody and takes nothing in', () => {
  submit('f', 'a');
  submit('f', 'b');
  table.fetch('f', here);
  table.close(gone);
  expect(answers).toEqual(['a: ! gone', 'b: ! gone']);
  expect(() => submit('f', 'c')).toThrow('gone');
  expect(clock.pending).toBe(0);
});
