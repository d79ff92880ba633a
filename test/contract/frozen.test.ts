/** A command that is sent to an adapter that stands still: real processes, a real socket, SIGSTOP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectLink } from '@thinline/shared/link/initiator.ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Peer, startPeer } from '../peers/process.ts';

const responder = join(import.meta.dirname, '../../packages/shared/src/link/responder.ts');

/** Prints what each link brings, and when one is over. */
const program = `
import { createServer } from 'node:net';
import { acceptLinks } from ${JSON.stringify(responder)};
createServer((socket) => acceptLinks(socket, (link) => {
  link.on('data', (bytes) => console.log('got', String(bytes))).on('close', () => console.log('over'));
})).listen(process.argv[1], () => console.log('ready'));
`;

let folder: string;
let path: string;
let adapter: Peer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-frozen-'));
  path = join(folder, 'socket');
  adapter = await startPeer(process.execPath, ['--input-type=module', '-e', program, path]);
  await adapter.waitForLine(/^ready$/);
});
afterEach(async () => {
  await adapter.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('is not carried out when it goes on after more than 1.5 s, and the next one is', async () => {
  const link = await connectLink(connect(path));
  link.write('dial');
  await adapter.waitForLine(/^got dial$/);
  process.kill(adapter.pid, 'SIGSTOP');
  const stopped = performance.now();
  const over = new Promise((resolve) => link.once('close', resolve));
  link.write('answer');
  await over;
  // It gave up within 1.5 s, a busy machine allowing.
  expect(performance.now() - stopped).toBeLessThan(3000);
  const again = connectLink(connect(path));
  await pause(Math.max(0, stopped + 1750 - performance.now()));
  process.kill(adapter.pid, 'SIGCONT');
  await adapter.waitForLine(/^over$/);
  const next = await again;
  next.write('hang up');
  await adapter.waitForLine(/^got hang up$/);
  expect(adapter.output).not.toContain('got answer');
  next.destroy();
});
