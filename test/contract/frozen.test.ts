/** A command that is sent to an adapter that stands still: real processes, a real socket, SIGSTOP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clientOver } from '@thinline/shared/contract/client.ts';
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

const server = join(import.meta.dirname, '../../packages/shared/src/contract/server.ts');

/** The same for commands, each of which keeps it busy for a while: others wait then, wherever they are. */
const servingProgram = `
import { createServer } from 'node:net';
import { serve } from ${JSON.stringify(server)};
const link = serve({
  Handshake: (call, answer) => answer(null, {}),
  Watch: () => {},
  Execute: (call, answer) => {
    console.log('did', call.request.id, Date.now());
    const until = performance.now() + 2;
    while (performance.now() < until);
    answer(null, { id: call.request.id });
  },
});
createServer((socket) => link.accept(socket)).listen(process.argv[1], () => console.log('ready'));
`;

let folder: string;
let path: string;
let adapter: Peer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'thinline-frozen-'));
  path = join(folder, 'socket');
});
async function start(code: string): Promise<void> {
  adapter = await startPeer(process.execPath, ['--input-type=module', '-e', code, path]);
  await adapter.waitForLine(/^ready$/);
}
afterEach(async () => {
  await adapter.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('is not carried out when it goes on after more than 1.5 s, and the next one is', async () => {
  await start(program);
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

it('nor is any that gRPC had on its way to the command', { timeout: 60_000 }, async () => {
  await start(servingProgram);
  for (let round = 0; round < 5; round += 1) {
    const client = await clientOver(connect(path));
    let isOver = false;
    void client.closed.then(() => {
      isOver = true;
    });
    const flood = setInterval(() => {
      for (let i = 0; i < 5; i += 1) client.endpoint.execute({ id: `old${round}`, dial: { target: '602' } }, () => {});
    }, 1);
    await adapter.waitForLine(new RegExp(`^did old${round} `));
    await pause(20 * round);
    process.kill(adapter.pid, 'SIGSTOP');
    const stopped = performance.now();
    await client.closed;
    clearInterval(flood);
    expect(isOver).toBe(true);
    await pause(Math.max(0, stopped + 1750 - performance.now()));
    const goesOn = Date.now();
    process.kill(adapter.pid, 'SIGCONT');
    const next = await clientOver(connect(path));
    next.endpoint.execute({ id: `new${round}`, dial: { target: '602' } }, () => {});
    await adapter.waitForLine(new RegExp(`^did new${round} `));
    const done = [...adapter.output.matchAll(/^did (\w+) (\d+)$/gm)].filter(([, , at]) => Number(at) >= goesOn);
    expect(done.map(([, id]) => id)).toEqual([`new${round}`]);
    next.close();
  }
});
