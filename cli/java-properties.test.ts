import { expect, it } from 'vitest';
import { parseJavaProperties } from './java-properties.ts';

function parse(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(parseJavaProperties(text));
}

it('reads the three ways to separate a key from its value', () => {
  expect(parse('a=1\nb: 2\r\nc 3\n  d\t=  4 \ne=\nf\n')).toEqual({
    a: '1',
    b: '2',
    c: '3',
    d: '4 ',
    e: '',
    f: '',
  });
});

it('leaves out comments and blank lines', () => {
  expect(parse('# no\n! nor this\n\n   \na=1 # part of it\n')).toEqual({ a: '1 # part of it' });
});

it('joins lines at a backslash', () => {
  expect(parse('key = one, \\\n      two\nother=x\\\\\nlast=y')).toEqual({
    key: 'one, two',
    other: 'x\\',
    last: 'y',
  });
});

it('understands escapes', () => {
  expect(parse('a\\ b\\=c=\\u00e9\\t\\:\\q\n')).toEqual({ 'a b=c': 'é\t:q' });
});

it('keeps the separators within a value and the last of two lines', () => {
  expect(parse('url=http://x?y=z\nurl=ftp://a:b\n')).toEqual({ url: 'ftp://a:b' });
});
