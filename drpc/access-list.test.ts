import { describe, expect, it } from 'vitest';
import { AccessList, AccessListError } from './access-list.ts';
import { DrpcError } from './errors.ts';

const functions = {
  reach: { 'client.users': ['alice', 'bob'], 'invocation.user': 'carol' },
  nobody: {},
};

function refusal(list: AccessList, ...question: Parameters<AccessList['check']>): string | null {
  try {
    list.check(...question);
    return null;
  } catch (error) {
    if (error instanceof DrpcError && error.failure === 'unauthorized') return error.message;
    throw error;
  }
}

describe('a function of the list', () => {
  const list = AccessList.of(functions, false);

  it('is for the users that are named for it', () => {
    expect(refusal(list, 'call', 'reach', 'alice')).toBeNull();
    expect(refusal(list, 'call', 'reach', 'carol')).toContain(
      'user carol may not call the function "reach"',
    );
    expect(refusal(list, 'serve', 'reach', 'carol')).toBeNull();
    expect(refusal(list, 'serve', 'reach', 'alice')).toContain('may not serve');
  });

  it('is closed to users that are not known', () => {
    expect(refusal(list, 'call', 'reach', null)).toContain('a user that is not known');
  });

  it('without names is for nobody', () => {
    expect(refusal(list, 'call', 'nobody', 'alice')).not.toBeNull();
    expect(refusal(list, 'serve', 'nobody', 'carol')).not.toBeNull();
  });
});

it('a function that the list does not have is open, or closed when the list is strict', () => {
  expect(refusal(AccessList.of(functions, false), 'call', 'other', null)).toBeNull();
  expect(refusal(AccessList.of(functions, true), 'call', 'other', 'alice')).not.toBeNull();
  expect(AccessList.of(functions, false).limits('other')).toBe(false);
  expect(AccessList.of(functions, true).limits('other')).toBe(true);
});

it('names of functions that objects have anyway are names like others', () => {
  const list = AccessList.of({}, false);
  for (const name of ['constructor', '__proto__', 'toString']) {
    expect(list.limits(name)).toBe(false);
  }
});

it.each([
  [['a'], 'has to be a map'],
  ['text', 'has to be a map'],
  [{ f: 'alice' }, 'the function "f" needs client.users'],
  [{ f: { 'client.users': 'alice' } }, 'client.users has to be a list'],
  [{ f: { 'client.users': [1] } }, 'client.users has to be a list'],
  [{ f: { 'invocation.user': ['a'] } }, 'invocation.user has to be a name'],
])('the list %j is refused', (document, reason) => {
  const read = () => AccessList.of(document, false);
  expect(read).toThrow(AccessListError);
  expect(read).toThrow(reason);
});
