import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeLog } from '@thinline/shared/log/log.ts';
import { makeToken } from '@thinline/shared/loopback-guard.ts';
import { type StateFile, stateFile } from '@thinline/shared/state-file.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keptToken, mostTokenBytes } from './kept-token.ts';

const dayMs = 24 * 60 * 60_000;
const startMs = Date.UTC(2026, 0, 31);

let folder: string;
let path: string;
let file: StateFile;
let said: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kept-token-'));
  path = join(folder, 'panel.json');
  file = stateFile(path, mostTokenBytes);
  said = [];
});
afterEach(() => rm(folder, { recursive: true }));

const keep = (afterDays = 0, fresh = false) =>
  keptToken(file, { fresh, nowMs: startMs + afterDays * dayMs, log: makeLog({ write: (text) => said.push(text) }) });

test('the token of the first start is that of the next ones, and its file is the user alone who reads', async () => {
  const token = await keep();
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect([await keep(1), await keep(399)]).toEqual([token, token]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(said).toEqual([]);
});

test('after 400 days it is another one, and that is kept', async () => {
  const token = await keep();
  const next = await keep(400);
  expect(next).not.toBe(token);
  expect(await keep(401)).toBe(next);
});

test('one of the future is none', async () => {
  const token = await keep(2);
  expect(await keep(0)).not.toBe(token);
});

test('who wants another one gets it, and it stays', async () => {
  const token = await keep();
  const next = await keep(1, true);
  expect(next).not.toBe(token);
  expect(await keep(2)).toBe(next);
});

const token = makeToken();
const madeAt = new Date(startMs).toISOString();
test.each([
  '',
  '{',
  'null',
  '[]',
  '"x"',
  JSON.stringify({ token }),
  JSON.stringify({ token, madeAt: 'yesterday' }),
  JSON.stringify({ token: '', madeAt }),
  JSON.stringify({ token: `${token}; Path=/`, madeAt }),
  JSON.stringify({ token: [token], madeAt }),
  JSON.stringify({ token, madeAt, more: 'x'.repeat(mostTokenBytes) }),
])('where there is %j there is a new one', async (text) => {
  await writeFile(path, text);
  const made = await keep();
  expect(made).not.toBe(token);
  expect(await keep()).toBe(made);
});

test('a file elsewhere is not read through a link, nor written', async () => {
  const elsewhere = join(folder, 'elsewhere.json');
  await writeFile(elsewhere, JSON.stringify({ token, madeAt }));
  await symlink(elsewhere, path);
  expect(await keep()).not.toBe(token);
  expect(await readFile(elsewhere, 'utf8')).toContain(token);
});

test('where it cannot be kept it is for one start, and the log says so, without it', async () => {
  await writeFile(join(folder, 'file'), '');
  file = stateFile(join(folder, 'file', 'panel.json'), mostTokenBytes);
  const made = await keep();
  expect(await keep()).not.toBe(made);
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('another address after the next start');
  expect(said.join()).not.toContain(made);
});
