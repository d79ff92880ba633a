/** One half of this build, the other of the last one that spoke the protocol before: calls work, and what is missing says so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capabilities, capabilityNames } from '@thinline/shared/contract/capabilities.ts';
import { protocol } from '@thinline/shared/contract/service.ts';
import type { Call, Snapshot } from '@thinline/shared/contract/types.ts';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { type Desktop, type Half, startDesktop, startEndpoint } from '../tools/halves.ts';
import { type Build, previousBuild } from './previous.ts';

let lab: Lab;
let before: Build;
beforeAll(async () => {
  [lab, before] = await Promise.all([startLab(), previousBuild()]);
});
afterAll(async () => {
  await lab?.close();
  await before?.remove();
});

let folder: string;
let halves: Half[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'thinline-compat-'));
  halves = [];
});
afterEach(async () => {
  for (const half of halves.reverse()) await half.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Of which build each half is. */
async function start(builds: { desktop?: Build; endpoint?: Build }): Promise<Desktop> {
  const socket = join(folder, 'adapter.sock');
  halves.push(await startEndpoint({ socket, ...(builds.endpoint && { build: builds.endpoint.folder }) }));
  const line = { user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` };
  const desktop = await startDesktop({ socket, line, ...(builds.desktop && { build: builds.desktop.folder }) });
  halves.push(desktop);
  return desktop;
}

const areTwo = (phone: Snapshot | null, all: (call: Call) => boolean): boolean =>
  phone?.calls.length === 2 && phone.calls.every(all);

test.each([
  ['an old desktop with a new endpoint', () => ({ desktop: before })],
  ['a new desktop with an old endpoint', () => ({ endpoint: before })],
])('%s calls, holds, resumes, joins and ends', async (_, builds) => {
  const desktop = await start(builds());
  await desktop.waitFor('the line is registered', ({ phone }) => phone?.lines[0]?.state === 'REGISTERED');
  const { callId } = await desktop.command({ dial: { target: '601' } });
  const isIn = (state: Call['state']) =>
    desktop.waitFor(
      `the call is ${state}`,
      ({ phone }) => phone?.calls.find((it) => it.id === callId)?.state === state,
    );
  await isIn('TALKING');
  await desktop.command({ hold: { callId } });
  await isIn('HELD');
  await desktop.command({ resume: { callId } });
  await isIn('TALKING');
  await desktop.command({ dial: { target: '600' } });
  await desktop.waitFor('both calls are answered', ({ phone }) => areTwo(phone, (it) => it.connectedAtMs > 0));
  await desktop.command({ conference: { on: true } });
  const joined = await desktop.waitFor('they are joined', ({ phone }) => areTwo(phone, (it) => it.conference));
  for (const { id } of joined.phone?.calls ?? []) await desktop.command({ hangUp: { callId: id } });
  await desktop.waitFor('no call is left', ({ phone }) => phone?.calls.length === 0);
});

test('what an old endpoint has not is grey, with the version that has it', async () => {
  const desktop = await start({ endpoint: before });
  const { unavailable = {} } = await desktop.waitFor('the link is up', ({ link }) => link.state === 'up');
  const missing = capabilityNames.filter((name) => capabilities[name].protocol >= protocol.max);
  expect(Object.keys(unavailable)).toEqual(missing);
  for (const name of missing) expect(unavailable[name]).toContain(capabilities[name].version);
});

test('a clone that does not reach back to it says how to get it', async () => {
  await expect(previousBuild('0'.repeat(40))).rejects.toThrow('git fetch --unshallow');
});
