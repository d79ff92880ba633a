import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stateFile } from './state-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('keeps a text, in a folder and a file of the user alone', async () => {
  const path = join(folder, 'deep', 'state', 'file');
  const file = stateFile(path, 100);
  expect(await file.read()).toBe('');
  await Promise.all(['first', 'second', 'last'].map((it) => file.write(it)));
  expect(await file.read()).toBe('last');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'deep', 'state'))).mode & 0o777).toBe(0o700);
  expect(await readdir(join(folder, 'deep', 'state'))).toEqual(['file']);
  await file.remove();
  await file.remove();
  expect(await file.read()).toBe('');
});

it('reads neither what is too long, nor a link, nor a folder', async () => {
  const path = join(folder, 'file');
  await writeFile(path, 'x'.repeat(101));
  await expect(stateFile(path, 100).read()).rejects.toThrow('is not a file of this program');
  await rm(path);
  await writeFile(join(folder, 'other'), 'secret');
  await symlink(join(folder, 'other'), path);
  await expect(stateFile(path, 100).read()).rejects.toThrow('is not a file of this program');
  await mkdir(join(folder, 'a-folder'));
  await expect(stateFile(join(folder, 'a-folder'), 100).read()).rejects.toThrow('is not a file of this program');
});

it('a writing that fails leaves what was there, and does not stop the next one', async () => {
  const path = join(folder, 'file');
  const file = stateFile(path, 100);
  await file.write('kept');
  await mkdir(join(folder, 'file.new', 'in-the-way'), { recursive: true });
  await expect(file.write('lost')).rejects.toThrow();
  expect(await file.read()).toBe('kept');
  await rm(join(folder, 'file.new'), { recursive: true });
  await file.write('next');
  expect(await file.read()).toBe('next');
});
