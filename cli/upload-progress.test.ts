import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { uploadProgress } from './upload-progress.ts';

function shownBy(isTTY: boolean): string {
  let text = '';
  const out = new Writable({
    write: (chunk, _, done) => {
      text += chunk;
      done();
    },
  });
  const show = uploadProgress(Object.assign(out, { isTTY }));
  show(0, 2 * 1024 * 1024);
  show(1024 * 1024, 2 * 1024 * 1024);
  show(2 * 1024 * 1024, 2 * 1024 * 1024);
  return text;
}

it('an upload shows how far it is on a terminal', () => {
  const [begin, first, second] = shownBy(true).split('\r').slice(1);
  expect(begin).toBe(`Uploading [${'.'.repeat(30)}] 0 % of 2.0 MiB`);
  expect(first).toBe(`Uploading [${'#'.repeat(15)}${'.'.repeat(15)}] 50 % of 2.0 MiB`);
  expect(second).toBe(`Uploading [${'#'.repeat(30)}] 100 % of 2.0 MiB\n`);
});

it('an upload tells a file or a pipe of its beginning and its end', () => {
  expect(shownBy(false)).toBe('Uploading 2.0 MiB\nUploaded 2.0 MiB\n');
});
