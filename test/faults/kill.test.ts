/** The call outlives the screen half, and a dead endpoint is seen and replaced. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Phone, startPhone } from '../phone.ts';
import { type FarEnd, heardRate, startFarEnd } from '../tools/far-end.ts';
import { longestGap, toneLevel } from '../tools/tone.ts';

let far: FarEnd;
let phone: Phone;

beforeEach(async () => {
  far = await startFarEnd();
  far.answers();
  phone = await startPhone({
    lines: [{ user: '701', server: far.address, registerTimeout: 0 }],
    audio: 'virtual:in=tone:1000:-10',
  });
  await phone.waitFor('the line is there', ({ phone }) => phone?.lines[0]?.state === 'STANDALONE');
});
afterEach(async () => {
  await phone?.stop();
  await far?.close();
});

test('kill -9 of the app layer: the far end hears no gap, the new one shows the same call', async () => {
  await phone.does('dial', far.user);
  const before = await phone.call('TALKING');
  await far.heard(1000);

  const startedAt = await phone.restartApp();
  const after = await phone.call('TALKING', 5000);
  const seenAfter = performance.now() - startedAt;
  expect(after.id).toBe(before.id);
  expect(after.connectedAtMs).toBe(before.connectedAtMs);
  console.log(`the same call shown ${seenAfter.toFixed(0)} ms after the new app layer's start`);

  await far.heard(3000);
  const settled = far.samples().subarray(heardRate / 5);
  expect(toneLevel(settled, 1000, heardRate)).toBeGreaterThan(-13);
  // Generous for a busy machine; without an adapter of its own the call would be silent for as long as the start takes.
  expect(longestGap(settled, 1000, heardRate, -20)).toBeLessThan(250);

  await phone.does('hangup');
  await phone.noCalls();
});

test('kill -9 of the adapter: the panel says so, and a new one stands by', async () => {
  await phone.does('dial', far.user);
  await phone.call('TALKING');
  const pid = phone.state().phone?.endpoint?.pid ?? 0;
  expect(pid).toBeGreaterThan(0);

  const killedAt = performance.now();
  process.kill(pid, 'SIGKILL');
  const lost = await phone.waitFor('the link is lost', ({ link }) => link.state === 'lost');
  const seenAfter = performance.now() - killedAt;
  expect(lost.link.failure?.code).toBe('TL1001');
  expect(seenAfter).toBeLessThan(2000);

  await phone.waitFor(
    'a new adapter with the line',
    ({ link, phone }) => link.state === 'up' && phone?.endpoint?.pid !== pid && phone?.lines[0]?.state === 'STANDALONE',
  );
  const backAfter = performance.now() - killedAt;
  console.log(`adapter lost: seen after ${seenAfter.toFixed(0)} ms, replaced after ${backAfter.toFixed(0)} ms`);
  expect(phone.state().phone?.calls).toEqual([]);
});
