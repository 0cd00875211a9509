import { describe, expect, it } from 'vitest';
import { Double, Int, isLong, Opaque, problemOf, unwrap } from './index.ts';

const opaque = new Opaque('acme.Order', 7, new Uint8Array([1]));

describe('problemOf', () => {
  it.each([
    [null],
    [undefined],
    [true],
    [''],
    [1.5],
    [Number.NaN],
    [2n ** 63n - 1n],
    [-(2n ** 63n)],
    [new Double(1)],
    [new Int(1)],
    [opaque],
    [Buffer.from('x')],
    [new Date(0)],
    [[1, [null]]],
    [new Map<unknown, unknown>([[1, { deep: [opaque] }]])],
    [Object.assign(Object.create(null), { a: 1 })],
  ])('lets %s cross', (value) => {
    expect(problemOf(value)).toBeNull();
  });

  it.each([
    [() => 1, 'a function has no counterpart in Java'],
    [{ deep: [Symbol('x')] }, 'a symbol has no counterpart in Java'],
    [2n ** 63n, '9223372036854775808 is more than 64 bits'],
    [new Map([[{ key: -(2n ** 63n) - 1n }, 1]]), '-9223372036854775809 is more than 64 bits'],
    [new Date(Number.NaN), 'a Date is invalid'],
    [new Set([1]), /^an object of class Set has no counterpart in Java; emit a plain object/],
    [Promise.resolve(1), /^an object of class Promise/],
    [new Float64Array(1), /^an object of class Float64Array/],
  ])('says why %s cannot', (value, problem) => {
    expect(problemOf(value)).toMatch(problem);
  });

  it('ends at a list that holds another twice, which holds another twice and so on', () => {
    let list: readonly unknown[] = [];
    for (let depth = 0; depth < 90; depth++) list = [list, list];
    expect(problemOf(list)).toBe('it holds more than 67108864 values, or a list over and over');
    expect(problemOf([[1], [2]])).toBeNull();
  });

  it('ends at a list that contains itself', () => {
    const list: unknown[] = [];
    list.push(list);
    expect(problemOf(list)).toBe('it is more than 100 levels deep, or contains itself');
  });
});

describe('unwrap', () => {
  it('makes numbers of Doubles and Ints, however deep', () => {
    const value = [new Double(1), new Map([['a', { b: new Int(2), c: 'x' }]]), opaque];
    expect(unwrap(value)).toEqual([1, new Map([['a', { b: 2, c: 'x' }]]), opaque]);
  });

  it('gives a value that has none as it is', () => {
    const value = [Number.NaN, { a: [new Map([[1, 2n]])] }, new Date(5)];
    expect(unwrap(value)).toBe(value);
  });

  it('takes time in proportion to the depth', () => {
    let value: unknown = new Double(1);
    for (let depth = 0; depth < 100; depth++) value = { value };
    let plain = unwrap(value);
    while (typeof plain === 'object') plain = (plain as { value: unknown }).value;
    expect(plain).toBe(1);
  });

  it('keeps a key __proto__ a key', () => {
    const value = unwrap(
      JSON.parse('{"__proto__": 1}', (_, each) => (each === 1 ? new Int(1) : each)),
    );
    expect(Object.entries(value as object)).toEqual([['__proto__', 1]]);
  });
});

describe('numbers', () => {
  it('are Longs when whole and exact, else Doubles', () => {
    expect([0, -5, 2 ** 53 - 1].map(isLong)).toEqual([true, true, true]);
    expect([-0, 0.5, 2 ** 53, Number.NaN].map(isLong)).toEqual([false, false, false, false]);
  });

  it('are no Int beyond 32 bits or with a fraction', () => {
    expect(() => new Int(2 ** 31)).toThrow('2147483648 is no 32-bit integer');
    expect(() => new Int(0.5)).toThrow(RangeError);
    expect(new Int(-(2 ** 31)).value).toBe(-(2 ** 31));
  });

  it('are what their boxes count as', () => {
    expect(JSON.stringify([new Double(1.5), new Int(2), opaque])).toBe('[1.5,2,"[acme.Order]"]');
    expect(Number(new Double(1)) + Number(new Int(2))).toBe(3);
    expect(String(new Opaque('java.math.BigDecimal', 7, new Uint8Array([1]), '1.50'))).toBe('1.50');
  });
});
