import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Meddler, startMeddler } from './meddler.ts';

let folder: string;
let adapter: Server;
let meddler: Meddler;
let here: Socket;
let there: Socket;

/** The next bytes that arrive, as text. */
const next = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-meddler-'));
  adapter = createServer().listen(join(folder, 'adapter.sock'));
  await once(adapter, 'listening');
  meddler = await startMeddler(join(folder, 'plugin.sock'), join(folder, 'adapter.sock'));
  here = connect(join(folder, 'plugin.sock'));
  [there] = await once(adapter, 'connection');
});
afterEach(async () => {
  here.destroy();
  there.destroy();
  await meddler.stop();
  adapter.close();
  rmSync(folder, { recursive: true, force: true });
});

test('bytes go both ways, and some more among them', async () => {
  here.write('question');
  expect(await next(there)).toBe('question');
  there.write('answer');
  expect(await next(here)).toBe('answer');
  meddler.inject(Buffer.from('garbage'), 'adapter');
  expect(await next(there)).toBe('garbage');
  meddler.inject(Buffer.from('more'), 'desktop');
  expect(await next(here)).toBe('more');
  expect(meddler).toMatchObject({ opened: 1, open: 1, carried: 14 });
});

test('frozen, it carries nothing; thawed, all of it', async () => {
  meddler.freeze();
  here.write('question');
  meddler.inject(Buffer.from('first'), 'adapter');
  expect(await next(there)).toBe('first');
  meddler.thaw();
  expect(await next(there)).toBe('question');
});

test('frozen in one direction, it carries what goes in the other', async () => {
  meddler.freeze('desktop');
  there.write('answer');
  here.write('question');
  expect(await next(there)).toBe('question');
  meddler.inject(Buffer.from('first'), 'desktop');
  expect(await next(here)).toBe('first');
  meddler.thaw();
  expect(await next(here)).toBe('answer');
});

test('cut, both ends close, and a new channel is welcome', async () => {
  const closed = [once(here.resume(), 'close'), once(there.resume(), 'close')];
  meddler.cut();
  await Promise.all(closed);
  here = connect(join(folder, 'plugin.sock'));
  [there] = await once(adapter, 'connection');
  expect(meddler).toMatchObject({ opened: 2, open: 1 });
});

test('without an adapter the channel closes at once', async () => {
  there.destroy();
  adapter.close();
  const late = connect(join(folder, 'plugin.sock'));
  await once(late.resume(), 'close');
});
