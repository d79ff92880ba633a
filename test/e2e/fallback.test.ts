/** A desk without an adapter: sound is inside the desktop, and goes to the desk once it has one and no call is up. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { until } from '../peers/until.ts';
import { type Half, startDesktop, startEndpoint } from '../tools/halves.ts';

let lab: Lab;
let folder: string;
let halves: Half[];
beforeEach(async () => {
  lab = await startLab();
  folder = await mkdtemp(join(tmpdir(), 'thinline-fallback-'));
  halves = [];
});
afterEach(async () => {
  for (const half of halves.reverse()) await half.stop();
  await lab.close();
  await rm(folder, { recursive: true, force: true });
});

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const line = () => ({ user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` });
const settings = { 'policy.link.channel': 'local', 'policy.link.fallback': 'desktop' };

test('a call inside the desktop stays there, also without its app layer; after it the endpoint has the phone', async () => {
  const socket = join(folder, 'adapter.sock');
  const desktop = await startDesktop({ socket, line: line(), settings });
  halves.push(desktop);
  const inside = await desktop.waitFor(
    'the line is registered from inside the desktop',
    ({ link, phone }) => link.inDesktop && phone?.lines[0]?.state === 'REGISTERED',
  );
  expect(inside.link).toMatchObject({ state: 'up', placement: 'inside the desktop', channel: 'desktop' });
  expect(inside.link.notices[1]?.cause).toContain('no adapter listens there');
  const pid = inside.phone?.endpoint?.pid ?? 0;

  const { callId } = await desktop.command({ dial: { target: '601' } });
  await desktop.waitFor('the call is answered', ({ phone }) => phone?.calls[0]?.state === 'TALKING');
  halves.push(await startEndpoint({ socket }));
  await desktop.restart();
  const again = await desktop.waitFor('the call is shown', ({ phone }) => phone?.calls[0]?.id === callId);
  expect([again.link.inDesktop, again.phone?.endpoint?.pid]).toEqual([true, pid]);

  await desktop.command({ hangUp: { callId } });
  const outside = await desktop.waitFor(
    'the line is registered from the endpoint',
    ({ link, phone }) => !link.inDesktop && link.state === 'up' && phone?.lines[0]?.state === 'REGISTERED',
  );
  expect(outside.phone?.endpoint?.pid).not.toBe(pid);
  expect(outside.link).toMatchObject({ channel: 'local', notices: [] });
  await until('the adapter inside the desktop has ended', () => !isAlive(pid), 10_000);
});
