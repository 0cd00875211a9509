import { existsSync, writeSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthorizationError } from '../errors.ts';
import { defaultInboxLimits, type InboxOptions, JarInbox, UploadError } from './jar-inbox.ts';

let parent: string;
let directory: string;
let nowMs: number;
let inboxes: JarInbox[];

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'gearstorm-inbox-'));
  directory = join(parent, 'inbox');
  nowMs = 0;
  inboxes = [];
});

afterEach(async () => {
  for (const inbox of inboxes) await inbox.close();
  await rm(parent, { recursive: true });
});

async function inboxWith(options: Partial<InboxOptions> = {}): Promise<JarInbox> {
  const inbox = await JarInbox.open({ directory, now: () => nowMs, ...options });
  inboxes.push(inbox);
  return inbox;
}

async function uploaded(inbox: JarInbox, text: string): Promise<string> {
  const location = await inbox.begin();
  await inbox.append(location, Buffer.from(text));
  await inbox.finish(location);
  return location;
}

describe('jar inbox', () => {
  it('keeps the chunks of an upload in their order', async () => {
    const inbox = await inboxWith();
    const location = await inbox.begin();
    const chunks = Array.from({ length: 50 }, (_, index) => `chunk ${index};`);
    // Not awaited one by one: two connections may append at the same time.
    await Promise.all(chunks.map((each) => inbox.append(location, Buffer.from(each))));
    await inbox.finish(location);
    expect(await readFile(inbox.fileOf(location), 'utf8')).toBe(chunks.join(''));
  });

  it('lets nobody else on the machine read folder or files', async () => {
    await mkdir(directory, { mode: 0o755 });
    const inbox = await inboxWith();
    const location = await uploaded(inbox, 'jar');
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await stat(inbox.fileOf(location))).mode & 0o777).toBe(0o600);
  });

  it('gives out names that nobody can guess and that name no folder', async () => {
    const inbox = await inboxWith();
    const locations = [await inbox.begin(), await inbox.begin()];
    for (const location of locations) expect(location).toMatch(/^stormjar-[0-9a-f-]{36}\.jar$/);
    expect(new Set(locations).size).toBe(2);
  });

  it.each(['/etc/passwd', '../secret', '', '__proto__', 'stormjar-1.jar'])(
    'knows no upload %j',
    async (location) => {
      const inbox = await inboxWith();
      await writeFile(join(parent, 'secret'), 'untouched');
      const chunk = Buffer.from('x');
      await expect(inbox.append(location, chunk)).rejects.toThrow(AuthorizationError);
      await expect(inbox.finish(location)).rejects.toThrow(AuthorizationError);
      expect(() => inbox.fileOf(location)).toThrow(AuthorizationError);
      expect(await readFile(join(parent, 'secret'), 'utf8')).toBe('untouched');
    },
  );

  it('takes nothing more once an upload is finished, and gives no unfinished file', async () => {
    const inbox = await inboxWith();
    const location = await inbox.begin();
    expect(() => inbox.fileOf(location)).toThrow(/not a finished upload/);
    await inbox.finish(location);
    await expect(inbox.append(location, Buffer.from('x'))).rejects.toThrow(AuthorizationError);
    await expect(inbox.finish(location)).rejects.toThrow(AuthorizationError);
    expect((await stat(inbox.fileOf(location))).size).toBe(0);
  });
});

describe('a jar inbox that must not fill up', () => {
  it('removes at its start what an earlier run left', async () => {
    await mkdir(join(directory, 'folder'), { recursive: true });
    await writeFile(join(directory, 'stormjar-old.jar'), 'old');
    await inboxWith();
    expect(await readdir(directory)).toEqual([]);
  });

  it('gives up uploads that stopped coming, and finished ones that nobody submits', async () => {
    const inbox = await inboxWith();
    const finished = await uploaded(inbox, 'jar');
    const idle = await inbox.begin();
    nowMs = defaultInboxLimits.idleTimeoutMs + 1;
    await inbox.expire();
    await expect(inbox.append(idle, Buffer.from('x'))).rejects.toThrow(AuthorizationError);
    expect(await readdir(directory)).toEqual([finished]);
    inbox.fileOf(finished);
    nowMs += defaultInboxLimits.keepMs;
    await inbox.expire();
    expect(await readdir(directory)).toEqual([finished]);
    nowMs += 1;
    await inbox.expire();
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses an upload that grows too large and removes what it had', async () => {
    const inbox = await inboxWith({ limits: { uploadBytesMax: 10 } });
    const location = await inbox.begin();
    await inbox.append(location, Buffer.alloc(10));
    await expect(inbox.append(location, Buffer.alloc(1))).rejects.toThrow(
      /10 bytes at most: gearstorm.upload.bytes.max/,
    );
    await expect(inbox.finish(location)).rejects.toThrow(AuthorizationError);
    expect(await readdir(directory)).toEqual([]);
  });

  it('refuses more uploads than it may hold', async () => {
    const inbox = await inboxWith({ limits: { ...defaultInboxLimits, uploadsMax: 2 } });
    const begun = await Promise.allSettled([inbox.begin(), inbox.begin(), inbox.begin()]);
    expect(begun.map(({ status }) => status).sort()).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(await readdir(directory)).toHaveLength(2);
  });
});

it('lets the finished upload that was used longest ago make room for a new one', async () => {
  const limits = { ...defaultInboxLimits, uploadsMax: 2 };
  let now = 0;
  const inbox = await inboxWith({ limits, now: () => now++ });
  const first = await uploaded(inbox, 'first');
  const second = await uploaded(inbox, 'second');
  inbox.fileOf(first);
  const third = await uploaded(inbox, 'third');
  expect(() => inbox.fileOf(second)).toThrow(AuthorizationError);
  expect(await readFile(inbox.fileOf(first), 'utf8')).toBe('first');
  expect(await readFile(inbox.fileOf(third), 'utf8')).toBe('third');
  expect(await readdir(directory)).toHaveLength(2);
});

it('gives up an upload that was left half way when there are too many, and none that goes on', async () => {
  const inbox = await inboxWith({ limits: { ...defaultInboxLimits, uploadsMax: 2 } });
  const left = await inbox.begin();
  const slow = await inbox.begin();
  nowMs = defaultInboxLimits.yieldMs + 1;
  await inbox.append(slow, Buffer.from('goes on'));
  await inbox.begin();
  await expect(inbox.append(left, Buffer.from('too late'))).rejects.toThrow(AuthorizationError);
  await expect(inbox.begin()).rejects.toThrow(UploadError);
  await inbox.finish(slow);
});

describe('a jar inbox and its disk', () => {
  it('goes on where the system took only a part of a chunk', async () => {
    const inbox = await inboxWith({
      openFile: async (path) => {
        const file = await open(path, 'wx');
        const write = (bytes: Uint8Array, position: number) =>
          writeSync(file.fd, bytes, 0, Math.min(3, bytes.length), position);
        return { write, close: () => file.close() };
      },
    });
    const location = await uploaded(inbox, 'a chunk of a jar');
    expect(await readFile(inbox.fileOf(location), 'utf8')).toBe('a chunk of a jar');
  });

  it('says so when the disk is full, and removes the partial file', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const inbox = await inboxWith({
      openFile: async (path) => {
        const file = await open(path, 'wx');
        const write = () => {
          throw full;
        };
        return { write, close: () => file.close() };
      },
    });
    const location = await inbox.begin();
    const append = inbox.append(location, Buffer.from('x'));
    await expect(append).rejects.toThrow(UploadError);
    await expect(append).rejects.toThrow(/no space is left/);
    expect(await readdir(directory)).toEqual([]);
    await expect(inbox.append(location, Buffer.from('x'))).rejects.toThrow(AuthorizationError);
  });

  it('tells at the next call what went wrong with a chunk that was written later', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    const inbox = await inboxWith({
      openFile: async (path) => {
        const file = await open(path, 'wx');
        const write = () => {
          throw full;
        };
        return { write, close: () => file.close() };
      },
    });
    for (const next of ['append', 'finish'] as const) {
      const location = await inbox.begin();
      const works: (() => void)[] = [];
      await inbox.append(location, Buffer.from('x'), (work) => void works.push(work));
      for (const work of works) work();
      const call = inbox[next](location, Buffer.from('y'));
      await expect(call).rejects.toThrow(/no space is left/);
      expect(await readdir(directory)).toEqual([]);
      await expect(inbox.finish(location)).rejects.toThrow(AuthorizationError);
    }
  });

  it('writes what is still waiting before it finishes', async () => {
    const inbox = await inboxWith();
    const location = await inbox.begin();
    for (const text of ['a', 'b']) await inbox.append(location, Buffer.from(text), () => {});
    await inbox.finish(location);
    expect(await readFile(inbox.fileOf(location), 'utf8')).toBe('ab');
  });

  it('leaves no file behind when it closes', async () => {
    const inbox = await inboxWith();
    const path = inbox.fileOf(await uploaded(inbox, 'jar'));
    await inbox.begin();
    await inbox.close();
    expect(existsSync(path)).toBe(false);
    expect(await readdir(directory)).toEqual([]);
  });
});
