import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ListenOptions, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askAt } from '@thinline/shared/control-client.ts';
import { logTo } from '@thinline/shared/log/log.ts';
import { adapterControlSocket } from '@thinline/shared/paths.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Desktop } from './desktop.ts';
import { FakeEndpoint } from './fakes.ts';
import { type LocalDoors, openLocalDoors } from './local-doors.ts';
import { LocalPhone } from './local-phone.ts';

let folder: string;
let doors: LocalDoors | null;
let other: Server | null;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adapter-doors-'));
  vi.stubEnv('THINLINE_RUNTIME_DIR', folder);
  [doors, other, told] = [null, null, []];
});
afterEach(() => {
  doors?.close();
  other?.close();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const log = logTo({ wants: (level) => level === 'warning', record: (_level, _name, text) => void told.push(text) });

async function open(pagePort: number | null): Promise<LocalDoors> {
  doors = await openLocalDoors(new LocalPhone(new FakeEndpoint(), new Desktop()), pagePort, log);
  return doors;
}

async function listenElsewhere(place: ListenOptions): Promise<number> {
  other = createServer().listen(place);
  await once(other, 'listening');
  const address = other.address();
  return typeof address === 'object' && address ? address.port : 0;
}

const invited = () => askAt<{ url: string }>(adapterControlSocket(), '/page', {});

describe.skipIf(process.platform === 'win32')('the ways in', () => {
  test('control alone, unless a page is wanted', async () => {
    expect((await open(null)).page).toBeNull();
    await expect(invited()).rejects.toThrow('serves no page');
    expect(told).toEqual([]);
  });

  test('both', async () => {
    const { page } = await open(0);
    const { origin } = new URL(page?.invite() ?? '');
    expect(new URL((await invited()).url).origin).toBe(origin);
    expect(told).toEqual([]);
  });

  test('a port that is taken is told, and control is there all the same', async () => {
    const { page } = await open(await listenElsewhere({ port: 0, host: '127.0.0.1' }));
    expect(page).toBeNull();
    expect(told).toEqual([expect.stringMatching(/^TL6014: /)]);
    await expect(invited()).rejects.toThrow('serves no page');
  });

  test('a socket that is taken is told, and the page is there all the same', async () => {
    await listenElsewhere({ path: adapterControlSocket() });
    const { page } = await open(0);
    expect(page?.invite()).toMatch(/^http:/);
    expect(told).toEqual([expect.stringMatching(/^TL6005: /)]);
  });
});
