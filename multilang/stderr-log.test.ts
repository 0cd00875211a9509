import { expect, it } from 'vitest';
import { StderrLog } from './stderr-log.ts';

function lastWordsOf(text: string): string {
  const log = new StderrLog(() => {});
  log.push(Buffer.from(text));
  return log.lastWords;
}

it('the last words of a child have what stands above its stack', () => {
  const stack = Array.from({ length: 25 }, (_, depth) => `    at f${depth} (file.js:${depth}:1)`);
  const words = lastWordsOf(`Error: no luck\n${stack.join('\n')}\n`);
  expect(words).toContain('Error: no luck');
  expect(words).toContain('at f24');
});

it('the last words of a child that says much are bounded, and are the last', () => {
  const words = lastWordsOf(`${`${'x'.repeat(100_000)}\n`.repeat(1_000)}the end`);
  expect(words.length).toBeLessThan(50_000);
  expect(words).toMatch(/the end$/);
});

it('a character that comes in two pieces is whole, and so is a last line without a newline', () => {
  const lines: string[] = [];
  const log = new StderrLog((line) => void lines.push(line));
  const bytes = Buffer.from('größe\nohne Maß');
  for (const byte of bytes) log.push(Buffer.from([byte]));
  expect(lines).toEqual(['größe']);
  log.end();
  expect(lines).toEqual(['größe', 'ohne Maß']);
  expect(log.lastWords).toBe('; its last words: größe\nohne Maß');
  log.end();
  expect(lines).toHaveLength(2);
});
