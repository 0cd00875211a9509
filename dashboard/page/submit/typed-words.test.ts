import { expect, it } from 'vitest';
import { linesOf, settingsProblem, wordsOf, wordsProblem } from './typed-words.ts';

it('parts words as a shell does', () => {
  expect(wordsOf(' one "two words" \'it is\' --in="a b"c "" ')).toEqual([
    'one',
    'two words',
    'it is',
    '--in=a bc',
    '',
  ]);
  expect(wordsOf(`"don't" 'say "so"'`)).toEqual(["don't", 'say "so"']);
});

it('tells of a quote that is not closed', () => {
  expect(wordsProblem(`a "b c" 'd'`)).toBe('');
  expect(wordsProblem(`"don't"`)).toBe('');
  expect(wordsProblem('a "b c')).not.toBe('');
  expect(wordsProblem("don't")).not.toBe('');
});

it('tells of a line that is not key=value', () => {
  expect(linesOf('a=1\n\n b=x=y \n')).toEqual(['a=1', 'b=x=y']);
  expect(settingsProblem('a=1\n\n b=x=y \n')).toBe('');
  expect(settingsProblem('a=1\n{"b": 2}')).toBe('Not key=value: {"b": 2}');
  expect(settingsProblem('=1')).toBe('Not key=value: =1');
});
