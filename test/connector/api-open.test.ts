/** `thinline open` as a program of its own: a link's number comes to the panel, and nothing is dialled. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Doors, openDoors } from '@thinline/app-layer/http/doors.ts';
import { makeToDialDesk } from '@thinline/app-layer/open/to-dial.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FakeReplica } from '../panel/fake-replica.ts';
import { Events } from './events.ts';

const program = join(import.meta.dirname, '../../packages/app-layer/bin/thinline.mjs');

let folder: string;
let replica: FakeReplica;
let doors: Doors;
let controlPath: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'open-'));
  replica = new FakeReplica();
  controlPath = join(folder, 'run', 'control.sock');
  const panel = { replica, port: 0, controlPath, toDial: makeToDialDesk() };
  doors = await openDoors({ panel, connector: null, log: silent });
});
afterEach(async () => {
  await doors.close();
  await rm(folder, { recursive: true });
});

async function open(...words: string[]) {
  const child = spawn(process.execPath, [program, 'open', ...words], {
    // Without a screen, where a browser would come up.
    env: { ...process.env, THINLINE_RUNTIME_DIR: join(folder, 'run'), DISPLAY: '', WAYLAND_DISPLAY: '', BROWSER: '' },
  });
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  return { stdout, stderr, code };
}
const openPanel = () => Events.open({ socketPath: controlPath, path: '/api/events' });

test('the number of a link comes to the panel that is open, and is not dialled', async () => {
  const panel = await openPanel();
  await panel.until('state', () => true);
  expect(await open('tel:+49-30-123456;ext=12')).toEqual({
    stdout: "+4930123456 is in the panel's field: press Call there.\n",
    stderr: '',
    code: 0,
  });
  const { data } = await panel.until('toDial', () => true);
  expect(data).toEqual({ target: '+4930123456', extension: '12' });
  panel.close();
  expect(replica.executed).toEqual([]);
});

test('where no panel is open it waits for one', async () => {
  const { stdout, code } = await open('sip:602@example.org?Replaces=x');
  expect([stdout, code]).toEqual([
    'sip:602@example.org waits for the panel: open it within a minute, and press Call there.\n',
    0,
  ]);
  const panel = await openPanel();
  expect((await panel.until('toDial', () => true)).data).toEqual({ target: 'sip:602@example.org', extension: '' });
  panel.close();
});

test.each([
  [['javascript:alert(1)'], 'TL6018'],
  [['tel:601%0d%0aBYE'], 'TL6018'],
  [[], 'TL6036'],
  [['--print', 'tel:601'], 'TL6003'],
  [['tel:601', 'tel:602'], 'TL6003'],
  [['--config', 'x'], 'TL6003'],
])('%j ends with 1 and one line', async (words, failureCode) => {
  const { stdout, stderr, code } = await open(...words);
  expect([stdout, code]).toEqual(['', 1]);
  expect(stderr).toMatch(new RegExp(`^${failureCode}: .*\n$`));
});

test('where no phone runs it says so, and what to do', async () => {
  await doors.close();
  const { stderr, code } = await open('tel:601');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^TL6002: Thinline is not running\. .*Start it/);
});
