/** What each option of what the agent hears of calls changes, from the file to what is to be played. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configured } from '@thinline/shared/config/testing/configured.ts';
import { silent } from '@thinline/shared/log/log.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PlayedAlert } from '../media/alert.ts';
import { type ConfiguredPhone, openConfiguredPhone } from '../testing/configured-phone.ts';
import { AlertSounds } from './alert-sounds.ts';
import { type AlertingCall, alertsFor } from './alerting.ts';

vi.mock('../sip/stack.ts', () => import('../testing/fake-stack.ts'));

type Given = Parameters<typeof openConfiguredPhone>[0];

/** What is heard, and where: "system ringing". A file is told by the number of its samples. */
const told = ({ role, sound }: PlayedAlert): string => `${role} ${typeof sound === 'string' ? sound : sound.length}`;
const heard = ({ media }: ConfiguredPhone): string[] => media.alerts.map(told);

/** While a call rings here. */
async function atCall(settings: Given): Promise<string[]> {
  const phone = await openConfiguredPhone(settings);
  await phone.called();
  return heard(phone);
}

/** While a second call rings, and the first is talked to or held. */
async function atSecondCall(settings: Given, held = false): Promise<string[]> {
  const phone = await openConfiguredPhone(settings);
  (await phone.dial()).confirm();
  if (held) await phone.command('hold');
  await phone.called();
  return heard(phone);
}

/** While the far end rings. */
async function atRingback(settings: Given, early?: { reliable: boolean }): Promise<string[]> {
  const phone = await openConfiguredPhone(settings);
  const session = await phone.dial();
  session.emit('progress', 180, 'Ringing');
  if (early) session.earlyMedia(early.reliable);
  return [...heard(phone), ...(phone.media.connected.length > 0 ? ['far end'] : [])];
}

it.each([
  ['0', []],
  ['1', ['system ringing']],
  ['2', ['headset ringing']],
  ['3', ['system ringing', 'headset ringing']],
  ['4', ['ringer ringing']],
  ['5', ['system ringing', 'ringer ringing']],
  ['6', ['headset ringing']],
  ['7', ['system ringing', 'headset ringing']],
])('policy.session.ringing_enabled: %s says where a call rings', async (mode, alerts) => {
  expect(await atCall({ 'policy.session.ringing_enabled': mode })).toEqual(alerts);
});

it('policy.session.ringing_enabled: 6 and 7 ring once, the others until somebody stops it', async () => {
  const loops = async (mode: string): Promise<boolean | undefined> => {
    const phone = await openConfiguredPhone({ 'policy.session.ringing_enabled': mode });
    await phone.called();
    return phone.media.alerts[0]?.loop;
  };
  expect([await loops('2'), await loops('6'), await loops('7')]).toEqual([true, false, false]);
});

describe('in time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('policy.session.ringing_timeout: a call is heard no longer, and can be answered', async () => {
    for (const [seconds, still] of [
      ['10', []],
      ['0', ['system ringing']],
    ] as const) {
      const phone = await openConfiguredPhone({ 'policy.session.ringing_timeout': seconds });
      const { session } = await phone.called();
      await vi.advanceTimersByTimeAsync(9_999);
      expect(heard(phone)).toEqual(['system ringing']);
      await vi.advanceTimersByTimeAsync(1);
      expect(heard(phone)).toEqual(still);
      await phone.command('answer');
      expect(session?.told).toEqual(['ring', 'answer']);
    }
  });
});

it('policy.session.ringing_while_call_held: 0 tells of a call by the tone where all others are held', async () => {
  const settings = { 'policy.session.ringing_enabled': '2' };
  expect(await atSecondCall({ ...settings, 'policy.session.ringing_while_call_held': '1' }, true)).toEqual([
    'headset ringing',
  ]);
  expect(await atSecondCall({ ...settings, 'policy.session.ringing_while_call_held': '0' }, true)).toEqual([
    'headset callWaiting',
  ]);
});

it('policy.session.callwait_tone_enabled: 0 is silent about a call that comes while another is talked to', async () => {
  expect(await atSecondCall({ 'policy.session.callwait_tone_enabled': '1' })).toEqual(['headset callWaiting']);
  expect(await atSecondCall({ 'policy.session.callwait_tone_enabled': '0' })).toEqual([]);
});

it.each([
  ['0', [], [], []],
  ['1', [], [], ['far end']],
  ['2', ['headset ringback'], ['headset ringback'], ['headset ringback']],
  ['3', ['headset ringback'], ['headset ringback'], ['far end']],
  ['4', [], ['far end'], ['far end']],
  ['6', ['headset ringback'], ['far end'], ['far end']],
])('policy.session.ringback_enabled: %s says what is heard of a far end that rings', async (mode, ...heardOf) => {
  const settings = { 'policy.session.ringback_enabled': mode };
  expect([
    await atRingback(settings),
    await atRingback(settings, { reliable: false }),
    await atRingback(settings, { reliable: true }),
  ]).toEqual(heardOf);
});

it('policy.session.beeps: 1 beeps at a call that was answered by itself, and at its end', async () => {
  for (const [beeps, atAnswer, atEnd] of [
    ['0', 0, 0],
    ['1', 1, 2],
  ] as const) {
    const phone = await openConfiguredPhone({
      'policy.session.beeps': beeps,
      'policy.session.auto_answer': '1',
      'policy.session.auto_answer_delay': '0',
    });
    const { session } = await phone.called();
    await vi.waitFor(() => expect(session?.told).toEqual(['ring', 'answer']));
    expect(phone.media.beeps).toBe(atAnswer);
    session?.confirm();
    session?.end({ by: 'remote', status: 0, reason: '' });
    expect(phone.media.beeps).toBe(atEnd);
  }
});

describe('files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'alerting-options-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** At 8 kHz: six times as many samples are heard. */
  function wav(name: string, samples: number): string {
    const file = Buffer.alloc(44 + samples * 2, 1);
    file.write('RIFF....WAVEfmt ', 0, 'latin1');
    file.writeUInt32LE(file.length - 8, 4);
    for (const [at, value] of [16, 0x1_0001, 8_000, 16_000, 0x10_0002].entries())
      file.writeUInt32LE(value, 16 + at * 4);
    file.write('data', 36, 'latin1');
    file.writeUInt32LE(samples * 2, 40);
    writeFileSync(join(folder, name), file);
    return join(folder, name);
  }

  const rings: AlertingCall = {
    id: 'a',
    state: 'ALERTING',
    ring: '',
    early: 'none',
    quiet: false,
    answered: false,
    timedOut: false,
    rang: false,
  };
  const ringsBack: AlertingCall = { ...rings, id: 'b', state: 'RINGING' };
  const isTalkedTo: AlertingCall = { ...rings, id: 'c', state: 'TALKING' };

  /** Once the files have been read. */
  async function played(settings: Given, ...calls: AlertingCall[]): Promise<string[]> {
    const { alerting } = configured(settings);
    if (!alerting) throw new Error('no settings');
    const heardNow: string[] = [];
    const sounds = new AlertSounds({ log: silent, play: (alerts) => void heardNow.push(...alerts.map(told)) });
    await sounds.use(alerting);
    sounds.play(alertsFor(calls, alerting));
    return heardNow;
  }

  const everywhere = { 'policy.session.ringing_enabled': '3' };

  it('policy.session.ringing_file: is what rings in the headset', async () => {
    const settings = { ...everywhere, 'policy.session.ringing_file': wav('ring.wav', 100) };
    expect(await played(settings, rings)).toEqual(['system ringing', 'headset 600']);
    expect(await played(everywhere, rings)).toEqual(['system ringing', 'headset ringing']);
    const atRinger = { ...settings, 'policy.session.ringing_enabled': '4' };
    expect(await played(atRinger, rings)).toEqual(['ringer 600']);
    const phone = await openConfiguredPhone(atRinger);
    // Nothing tells when the file has been read; until then a tone stands for it.
    await vi.waitFor(async () => {
      const { session } = await phone.called();
      const now = heard(phone);
      session?.end({ by: 'remote', status: 487, reason: '' });
      expect(now).toEqual(['ringer 600']);
    });
  });

  it("system.media.ringing_file: is what rings at the system's default device", async () => {
    const settings = { ...everywhere, 'system.media.ringing_file': wav('system.wav', 200) };
    expect(await played(settings, rings)).toEqual(['system 1200', 'headset ringing']);
  });

  it('policy.session.callwait_tone_file: is what tells of a call while another is talked to', async () => {
    const settings = { 'policy.session.callwait_tone_file': wav('wait.wav', 300) };
    expect(await played(settings, isTalkedTo, rings)).toEqual(['headset 1800']);
    expect(await played({}, isTalkedTo, rings)).toEqual(['headset callWaiting']);
  });

  it('policy.session.ringback_file: is what is heard while the far end rings', async () => {
    const settings = { 'policy.session.ringback_file': wav('back.wav', 400) };
    expect(await played(settings, ringsBack)).toEqual(['headset 2400']);
    expect(await played({}, ringsBack)).toEqual(['headset ringback']);
  });
});
