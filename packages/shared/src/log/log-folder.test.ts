import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logFolder } from './log-folder.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'thinline-log-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const name = (n: number) => `s.2026010${n}_000000_000.log`;
const mode = (path: string) => statSync(path).mode & 0o777;

describe('a folder for logs', () => {
  it('is made with its first file; both are for their user alone', async () => {
    const path = join(root, 'a/b');
    const file = await logFolder(path).create(name(1));
    await file?.append('one\n');
    await file?.append('two\n');
    file?.appendNow('three\n');
    await file?.close();
    expect(readFileSync(join(path, name(1)), 'utf8')).toBe('one\ntwo\nthree\n');
    if (process.platform !== 'win32') {
      expect(mode(join(path, name(1)))).toBe(0o600);
      expect(mode(path)).toBe(0o700);
    }
  });

  it('takes no file that is there, nor one that a link points to', async () => {
    const path = join(root, 'taken');
    const folder = logFolder(path);
    await (await folder.create(name(1)))?.close();
    expect(await folder.create(name(1))).toBeNull();
    symlinkSync(join(root, 'elsewhere'), join(path, name(2)));
    expect(await folder.create(name(2))).toBeNull();
  });

  it('lists the segments of a log and nothing else', async () => {
    const path = join(root, 'list');
    mkdirSync(join(path, name(3)), { recursive: true });
    for (const it of [name(1), name(2), 's.log', 'notes.txt', `x${name(1)}`]) writeFileSync(join(path, it), '');
    symlinkSync(join(path, 'notes.txt'), join(path, name(4)));
    const folder = logFolder(path);
    const listed = await folder.list('s');
    expect(listed.map((it) => it.name).sort()).toEqual([name(1), name(2)]);
    expect(listed[0]?.modifiedMs).toBe(statSync(join(path, listed[0]?.name ?? '')).mtimeMs);
    await folder.remove(name(1));
    expect((await folder.list('s')).map((it) => it.name)).toEqual([name(2)]);
  });

  it('that cannot be made is an error of the system', async () => {
    writeFileSync(join(root, 'file'), '');
    await expect(logFolder(join(root, 'file/below')).create(name(1))).rejects.toMatchObject({ code: 'ENOTDIR' });
    await expect(logFolder(`${root}/\0`).create(name(1))).rejects.toThrow();
  });
});
