/** The app layer comes back with another file while a call is up: the call goes on, and its line changes after it. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fieldOf, type SipMessage } from '@thinline/endpoint-adapter/sip/message/message.ts';
import { openTestRegistrar, type TestRegistrar } from '@thinline/endpoint-adapter/sip/testing/test-registrar.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Lab, startLab } from '../../scripts/lab/lab.ts';
import { type LineSetting, type Phone, type PhoneOptions, softphoneConfig, startPhone } from '../phone.ts';

let lab: Lab;
/** A server that has nothing to do with the lab's. */
let other: TestRegistrar;
let phone: Phone;
let first: LineSetting;
let moved: LineSetting;

beforeEach(async () => {
  [lab, other] = await Promise.all([startLab(), openTestRegistrar({ algorithm: 'SHA-256', password: 'another one' })]);
  first = { user: lab.user, password: lab.password, server: `${lab.host}:${lab.port}` };
  moved = { user: lab.user, password: 'another one', server: `127.0.0.1:${other.port}` };
  phone = await startPhone({ lines: [first], audio: { tone: 1_000 } });
  await phone.registered();
  await phone.does('dial', '600');
  await phone.call('TALKING');
  await phone.waitForTone(1_000);
});
afterEach(async () => {
  await phone?.stop();
  await other?.close();
  await lab?.close();
});

async function restartWith(options: Pick<PhoneOptions, 'lines' | 'sipPorts' | 'settings'>): Promise<void> {
  await writeFile(join(phone.folder, 'Softphone.config'), softphoneConfig(options), { mode: 0o600 });
  await phone.restartApp();
}

const lineOf = (id: string) => phone.state().phone?.lines.find((it) => it.id === id);

const registrations = (user: string): SipMessage[] =>
  other.requests.filter((it) => it.method === 'REGISTER' && fieldOf(it, 'to').includes(`sip:${user}@`));

const registeredAt = (id: string, server: string) =>
  phone.waitFor(`${id} is registered at ${server}`, ({ phone }) => {
    const line = phone?.lines.find((it) => it.id === id);
    return line?.state === 'REGISTERED' && line.registeredAt === server;
  });

test('another server, password and name of its line wait for the end of the call; another line does not', async () => {
  const before = await phone.call('TALKING');
  const second = { ...moved, user: '702' };
  const settings = { 'proxies.proxy0.display_name': 'Ann at the new desk' };
  await restartWith({ lines: [moved, second], settings });
  await registeredAt('line1', second.server);
  const during = await phone.call('TALKING');
  expect([during.id, during.sipCallId, during.connectedAtMs]).toEqual([
    before.id,
    before.sipCallId,
    before.connectedAtMs,
  ]);
  expect(lineOf('line0')).toMatchObject({ state: 'REGISTERED', registeredAt: first.server });
  await phone.waitForTone(1_000);
  await phone.does('hold');
  await phone.call('HELD');
  await phone.does('resume');
  await phone.call('TALKING');
  await phone.waitForTone(1_000);
  expect(registrations(moved.user)).toEqual([]);

  await phone.does('hangup');
  await phone.noCalls();
  await registeredAt('line0', moved.server);
  expect(lineOf('line0')).toMatchObject({ server: moved.server, displayName: 'Ann at the new desk', failure: null });
  expect(fieldOf(registrations(moved.user).at(-1) ?? expect.fail(), 'from')).toContain('Ann at the new desk');
  expect(phone.state().phone?.lines).toHaveLength(2);
});

test('of two edits during a call, the last one counts', async () => {
  await restartWith({ lines: [{ ...moved, password: 'wrong' }] });
  await phone.call('TALKING');
  await restartWith({ lines: [moved] });
  await phone.call('TALKING');
  await phone.waitForTone(1_000);
  await phone.does('hangup');
  await registeredAt('line0', moved.server);
  expect(lineOf('line0')).toMatchObject({ failure: null });
});

test('other ports, which every line needs a new start for, wait for the end of all calls', async () => {
  const sipPorts = { min: 16_000, max: 16_999 };
  await restartWith({ lines: [first, moved].map((it, at) => ({ ...it, user: `70${at + 1}` })), sipPorts });
  await registeredAt('line1', moved.server);
  await phone.call('TALKING');
  await phone.waitForTone(1_000);
  const portOf = (request?: SipMessage) =>
    Number(/@[\d.]+:(\d+)/.exec(request ? fieldOf(request, 'contact') : '')?.[1]);
  expect(portOf(registrations('702').at(-1))).toBeGreaterThanOrEqual(17_000);

  await phone.does('hangup');
  await phone.waitFor(
    'both lines are registered from a new port',
    ({ phone }) =>
      phone?.lines.length === 2 &&
      phone.lines.every((it) => it.state === 'REGISTERED') &&
      portOf(registrations('702').at(-1)) < 17_000,
  );
  await phone.does('dial', '600');
  await phone.call('TALKING');
});
